#ifndef EXPECTATION_H
#define EXPECTATION_H

// What shall become of a submission whose verdict is known. Its file begins with a comment that
// says what is wrong with it, and
//
//     // caught by: threads: the table is in order      the test that must fail; or `build`,
//                                                        or `nothing` for an honest one
//     // fails only: threads: speed                      or: the test that must fail, and no
//                                                        other may
//     // says: results[                                  a part of that test's message
//     // points: 15                                      exactly so many, pending ones too
//     // with: sanitizers                                or `speed`, for both: else the judge
//                                                        leaves out both
//     // if loaded: pending                              while other programs run, the test may
//                                                        be left open; points are then those
//                                                        that were given
//
// of which all but one of the first two may be missing. `fails only: the best pair`, without a
// kind of executor, makes two rows of the file: its mistake on threads alone fails only the
// line of threads, on processes alone only that of processes.

#include <stdbool.h>

enum { TEXT_SIZE = 1024 };

struct expectation {
    char caught_by[TEXT_SIZE];
    char says[TEXT_SIZE];
    bool is_alone;          // no other test may fail
    bool is_of_each_kind;   // caught_by names no kind of executor
    bool is_student;        // no attack: what it is told has to be understood
    double points;          // NAN: any
    bool may_pend;          // when the machine is loaded
    const char *leaves_out; // what the judge does not run, its word; NULL: nothing
};

// Reads the comment that a file begins with: of # where its name ends in .sh, else of //.
// false when it does not say who catches it.
bool expectation_read(const char *path, struct expectation *expectation);

// What is expected of a file with is_of_each_kind where only one kind of executor, "threads" or
// "processes", has its mistake.
struct expectation expectation_on(const struct expectation *expectation,
                                  const char *kind);

#endif
