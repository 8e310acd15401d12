#ifndef FAULTS_FAULT_H
#define FAULTS_FAULT_H

// Lets one call of a program fail, of those that may fail on any day: memory, files, processes,
// threads. The program is linked with this and with --wrap for each such function, so that its
// own objects' calls come here, and jansson's for memory; what other libraries call does not.
//
// The plan is a file that the environment variable FAULT_PLAN names, shared by the program
// and all processes it forks: calls are numbered over all of them. tests/faults/campaign.py
// writes it, reads which calls there were, and has each of them fail in turn.

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum fault_mode {
    FAULT_ONCE,  // that call only
    FAULT_ON,    // that one, and all that follow of the same function
    FAULT_SHORT, // that call writes the half of what it should, which is no error
};

enum { FAULT_CALLS = 1 << 16 };

// The layout is known to campaign.py.
struct fault_plan {
    uint64_t fail_at; // the number of the call, from 1; 0: none
    uint32_t mode;
    _Atomic uint32_t fired; // how often a call has failed
    _Atomic uint64_t count; // calls so far
    struct {
        uint32_t function; // its place in FAULTY_CALLS of the Makefile
        uint32_t is_jansson;
        uint64_t caller; // an address in the program
    } call[FAULT_CALLS];
};

// From now on, what the calling thread calls is neither counted nor does it fail: what writes
// down which lines were run is no part of the program.
void faults_pause(bool is_paused);

#endif
