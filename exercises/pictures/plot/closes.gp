# The column of all series over time: a line each where they can be told apart, else what
# lies in the middle.

load folder . "/words.gp"
set title all_title
set xlabel time_label noenhanced
set ylabel value_label noenhanced
set key outside right top Left reverse samplen 4 width 1 maxrows 30 font ",12" noautotitle
load folder_of_style . "/plot/time_axis.gp"
if (is_log) {
    set logscale y
    set yrange [least_value / 1.15:greatest_value * 1.15]
    set ytics (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, \
        1000, 2000, 5000, 1e4, 2e4, 5e4, 1e5, 1e6, 1e7, 1e8, 1e9)
}
if (is_many) {
    plot folder . "/all.dat" using 1:2 with lines linetype 5 dashtype 1 linewidth 2.4 title "median", \
         "" using 1:3 with lines linetype 1 dashtype 2 title "10 % are below", \
         "" using 1:4 with lines linetype 2 dashtype 4 title "10 % are above", \
         "" using 1:5 with lines linetype 3 dashtype 3 title "least", \
         "" using 1:6 with lines linetype 4 dashtype 5 title "greatest"
} else {
    plot for [k = 1:series_count] folder . "/all.dat" using 1:(column(k + 1)) \
         with lines linetype k title word(names, k)
}
