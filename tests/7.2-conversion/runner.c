// 7.2 in the runner: the request's bytes are the paths, one after the other, each ended by a
// NUL; the answer is the statuses and what HDF5 has still open. Before the call every status is a
// number that no file can have, so that one that was forgotten shows.

#include "7.2-conversion/reading.h"
#include "conversion.h"
#include "judge/runner/serve.h"
#include <errno.h>
#include <hdf5.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// HDF5 sets itself up at its first calls. That belongs to no conversion, so it happens
// before the clock runs, in the baseline's runner as in the student's.
void serve_prepare(void)
{
    hbool_t is_threadsafe;
    H5open();
    H5is_library_threadsafe(&is_threadsafe);
}

static size_t count_paths(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) count += bytes[i] == '\0';
    return count;
}

void serve(const struct message *request, const void *input, struct answer *answer)
{
    size_t count = count_paths(input, request->size_bytes);
    const char **paths = calloc(count + 1, sizeof *paths);
    int *statuses = calloc(count + ANSWER_EXTRA, sizeof *statuses);
    answer->status = -ENOMEM;
    if (paths && statuses) {
        const char *path = input;
        for (size_t k = 0; k < count; k++, path += strlen(path) + 1) {
            paths[k] = path;
            statuses[k] = NO_STATUS;
        }
        answer->status = convert_files((enum executor_kind)request->executor,
                                       request->workers, paths, count, statuses);
        statuses[count] = (int)H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL);
    }
    free(paths);
    answer->bytes = statuses;
    answer->size_bytes = (count + ANSWER_EXTRA) * sizeof *statuses;
}
