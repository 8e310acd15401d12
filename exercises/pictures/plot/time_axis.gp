# The axis of time: six moments, from the first to the last one, evenly apart.

set xrange [first_moment:last_moment]
moment_format = !is_time ? "" : last_moment - first_moment > 10 * 86400 ? "%Y-%m-%d" : "%m-%d %H:%M"
set xtics (first_moment) # takes away gnuplot's own
do for [k = 0:5] {
    at = first_moment + (last_moment - first_moment) * k / 5.0
    set xtics add ((is_time ? strftime(moment_format, at) : sprintf("%.0f", at)) at)
}
