# Every correlation as a colour that is also a brightness: dark is low, light is high.

load folder . "/words.gp"
set title matrix_title
set lmargin at screen 0.13
set rmargin at screen 0.82
set tmargin at screen 0.93
set bmargin at screen 0.16
set border 15
unset grid
unset key
set xlabel order_label
set ylabel "series (in the same order)" offset -1, 0
set cblabel "correlation r of the pair (no unit)" offset 1, 0
set palette defined (0 "#000004", 1 "#3b0f70", 2 "#8c2981", 3 "#de4968", 4 "#fe9f6d", 5 "#fcfdbf")
set cbrange [least_r:1]
set xrange [-0.5:series_count - 0.5]
set yrange [series_count - 0.5:-0.5]
if (series_count <= 40) {
    set for [k = 1:series_count] xtics (word(ordered_names, k) k - 1) rotate by 90 right noenhanced font ",11"
    set for [k = 1:series_count] ytics (word(ordered_names, k) k - 1) noenhanced font ",11"
}
set tics scale 0.3
plot folder . "/matrix.dat" matrix using 1:2:3 with image pixels
