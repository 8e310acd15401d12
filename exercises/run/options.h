#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

// What the programs run-7.* are asked for, as arguments NAME=VALUE:
//
//     run-7.2 WORKERS=4 EXECUTOR=processes DATA=data/daily-stock

#include <stdbool.h>
#include "futures/futures.h"

struct run_options {
    // EXECUTOR=threads, processes or textbook; default threads.
    enum executor_kind kind;
    const char *executor_name; // that word
    int workers;               // WORKERS=1 ... 1024; 0: not given
    int n;                     // N=2 ... 32, the side of 7.1's table; default 4
    const char *column;        // COLUMN=, of the stock tables; default close
    const char *data_folder;   // DATA=; default data/daily-stock
};

// Reads the arguments; options borrows their text. False when one is wrong: what is
// wrong has then been said on standard error, and the program should end with
// status 2.
bool run_options_parse(struct run_options *options, int argc, char *argv[]);

#endif
