#ifndef PICTURES_HDF5_LOCK_H
#define PICTURES_HDF5_LOCK_H

// How long threads are inside HDF5, and how much of that they wait for its lock, which lets
// one of them in at a time. The program is linked so that stocks' sessions of HDF5 calls, and
// every wait on a mutex or a condition in them, HDF5's own ones too, come by here.
//
//     hdf5_lock_count(true);
//     convert_files(...);
//     hdf5_lock_count(false);
//     struct hdf5_time time = hdf5_lock_time();
//
// Process workers are counted with the others when they are forked after the counting began.

#include <stdbool.h>

struct hdf5_time {
    double inside_s;  // in sessions, the sum over all threads
    double waiting_s; // of that, for a lock that another one held
};

// Begins from zero, or ends. It begins counting with a first call before any pool.
void hdf5_lock_count(bool is_counting);

// What was counted since it began.
struct hdf5_time hdf5_lock_time(void);

#endif
