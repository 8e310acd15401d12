#ifndef RUN_CLOCK_H
#define RUN_CLOCK_H

// How long something takes: the difference of two readings.
//
//     double begin = clock_seconds();
//     work();
//     printf("%.3f s\n", clock_seconds() - begin);

// Seconds since an arbitrary moment, never set back.
double clock_seconds(void);

#endif
