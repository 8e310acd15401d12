# The most correlated pair on one axis, and below what is left of one without the other.

load folder . "/words.gp"
if (!has_pair) { exit message "No pair has a correlation: no picture of it." }
stats folder . "/pair.dat" using ($2 - $3) name "difference" nooutput
load folder_of_style . "/plot/time_axis.gp"
set multiplot
set lmargin at screen 0.13
set rmargin at screen 0.94
set tmargin at screen 0.87
set bmargin at screen 0.42
set title pair_title offset 0, 1
set ylabel value_name . " (standard deviations\nfrom its mean)" noenhanced
set for [k = 0:5] xtics ("" first_moment + (last_moment - first_moment) * k / 5.0)
set key at graph 1, 1.09 right horizontal Left reverse samplen 4 width 2
plot folder . "/pair.dat" using 1:2 with lines linetype 1 dashtype 1 linewidth 2.6 title pair_a, \
     "" using 1:3 with lines linetype 2 dashtype 2 linewidth 1.8 title pair_b
unset title
set tmargin at screen 0.35
set bmargin at screen 0.13
set xlabel time_label noenhanced
set ylabel "difference (standard\ndeviations)"
span = difference_max > difference_min ? difference_max - difference_min : 1
power = 10 ** floor(log10(span / 3))
set ytics power * (span / 3 / power < 2 ? 2 : span / 3 / power < 5 ? 5 : 10)
load folder_of_style . "/plot/time_axis.gp"
set yrange [*:*]
plot folder . "/pair.dat" using 1:($2 - $3) with lines linetype 5 dashtype 1 linewidth 1.2 notitle
unset multiplot
