# Times faster over the number of workers, beside the ideal and what the machine gives.

load folder . "/" . name . ".gp"
set title picture_title
set xlabel "workers (threads or processes)"
set ylabel "speedup (times faster than one call after the other)"
set logscale x 2
set logscale y 2
set xrange [0.9:most_workers * 1.12]
set yrange [*<0.8:most_workers * 1.25]
set xtics (most_workers)
set for [k = 0:10] xtics add (2 ** k)
set key top left Left reverse samplen 5
set arrow from cpus, graph 0 to cpus, graph 1 nohead linetype 5 dashtype 3 linewidth 1
set label sprintf("CPUs: %d ", cpus) at cpus, graph 0.04 right
file = folder . "/" . name . ".dat"
plot [0.9:most_workers * 1.12] x <= most_workers ? x : NaN with lines linetype 5 dashtype 4 linewidth 1.2 title "ideal: as many times faster as workers", \
     file using 1:8:9:10 with yerrorlines linetype 3 dashtype 3 linewidth 2 pointtype 8 title "what this machine gives bare threads", \
     file using 1:2:3:4 with yerrorlines linetype 1 dashtype 1 linewidth 2.2 pointtype 7 title "threads (median, quartiles)", \
     file using 1:5:6:7 with yerrorlines linetype 2 dashtype 2 linewidth 2.2 pointtype 4 title "processes (median, quartiles)"
