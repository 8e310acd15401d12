#ifndef JUDGE_BUILD_H
#define JUDGE_BUILD_H

// A submission's file becomes a runner: imported, compiled and linked with the judge's own
// side of the runner. What the compiler says is kept for the student.

#include "judge/exercise.h"

// Where make has put what is needed, and where results go.
struct build_place {
    const char *root;   // the project's folder, absolute
    const char *built;  // build/plain: the parts of the runners
    const char *output; // build/check: a folder an exercise
};

// Builds the exercise's runner from the folder `submission` and fills in build,
// build_message, source_hash, runner and baseline. 0, or a negative errno when the judge
// itself could not work (a file that does not compile is no such error).
int build_runner(struct exercise *exercise, const struct build_place *place,
                 const char *submission);

// Builds it once more in another flavour ("asan", "tsan"), unless that was done, and makes it
// the exercise's runner. 0, or -EINVAL with the reason in build_message: it does not build,
// or gives orders to the tool.
int build_flavour(struct exercise *exercise, const char *flavour);

// Likewise, plainly, but with shared libraries only: reports tell by their names whose code it was.
int build_shared(struct exercise *exercise);

#endif
