# The grain of a task against the part of the machine's speed that is reached.

file = folder . "/7.3-grain.dat"
# Before the axes have ranges, which would leave values out.
stats file using 1 name "task" nooutput
set title "How large should a task be? 7.3's correlations on all CPUs"
set xlabel "time that one task takes (microseconds)"
set ylabel "efficiency (% of what this machine gives bare threads)"
set logscale x 10
set format x "%g"
set yrange [0:145<*]
set ytics 20
set key bottom center Left reverse samplen 5
set xrange [task_min / 2:task_max * 2]
set arrow from graph 0, first 95 to graph 1, first 95 nohead linetype 5 dashtype 3 linewidth 1.2
set label "95 %" at graph 0.995, first 91.5 right
plot file using 1:(137):2 with labels notitle, \
     file using 1:(stringcolumn(2) eq "" ? NaN : 95):(0):(36) with vectors nohead linetype 5 dashtype 1 linewidth 0.8 notitle, \
     file using 1:3:4:5 with yerrorlines linetype 1 dashtype 1 linewidth 2.2 pointtype 7 title "threads (median, quartiles)", \
     file using 1:6:7:8 with yerrorlines linetype 2 dashtype 2 linewidth 2.2 pointtype 4 title "processes", \
     file using 1:9:10:11 with yerrorlines linetype 4 dashtype 4 linewidth 2.2 pointtype 8 title "textbook pool (threads, one lock)"
