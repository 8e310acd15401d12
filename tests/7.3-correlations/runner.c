// 7.3 in the runner: the matrix lies in the request's own mapping, so a worker process that
// is forked during the call has it too; r is memory of the runner's, so what a worker process
// writes there is lost, as it would be anywhere.

#include "7.3-correlations/exchange.h"
#include "judge/runner/serve.h"
#include <errno.h>
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

void serve_prepare(void)
{
    H5open();
}

static void serve_matrix(const struct message *request, const struct matrix *matrix,
                         struct answer *answer)
{
    size_t n = matrix->series_count, size = correlations_size(n);
    struct correlations *result = malloc(size);
    answer->status = -ENOMEM;
    if (!result) return;
    size_t cell_count = (size - sizeof *result) / sizeof *result->cells;
    for (size_t k = 0; k < cell_count; k++)
        memcpy(&result->cells[k], &UNWRITTEN, sizeof UNWRITTEN);
    result->best = (struct best_pair){SIZE_MAX, SIZE_MAX, result->cells[0]};
    struct aligned_series series = {n, matrix->length, NULL,
                                    (double *)matrix->values};
    answer->status =
        correlate_pairs((enum executor_kind)request->executor, request->workers,
                        &series, result->cells + margin_of(n), &result->best);
    answer->bytes = result;
    answer->size_bytes = size;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void loaded_copy(struct load_answer *result,
                        const struct aligned_series *aligned)
{
    size_t length = least(aligned->length, LOAD_LIMIT);
    size_t rows = least(aligned->series_count, LOAD_LIMIT);
    result->series_count = aligned->series_count;
    result->length = aligned->length;
    result->has_timestamps = aligned->timestamps_ns != NULL;
    result->has_values = aligned->values != NULL;
    if (length && aligned->timestamps_ns)
        memcpy(result->timestamps_ns, aligned->timestamps_ns,
               length * sizeof *aligned->timestamps_ns);
    for (size_t i = 0; length && i < rows && aligned->values; i++)
        memcpy(result->values + i * length, aligned->values + i * aligned->length,
               length * sizeof *aligned->values);
}

static void serve_load(const struct message *request,
                       const struct load_request *load, struct answer *answer)
{
    const char *paths[LOAD_LIMIT], *at = load->names;
    size_t count = least(load->path_count, LOAD_LIMIT);
    for (size_t k = 0; k < count; k++) paths[k] = at += strlen(at) + 1;
    struct load_answer *result = calloc(1, sizeof *result);
    answer->status = -ENOMEM;
    if (!result) return;
    // Counts that a function which forgets to empty aligned leaves behind.
    struct aligned_series aligned = {LOAD_LIMIT, LOAD_LIMIT, NULL, NULL};
    answer->status =
        load_series((enum executor_kind)request->executor, request->workers, paths,
                    count, load->names, &aligned);
    loaded_copy(result, &aligned);
    aligned_series_close(&aligned);
    answer->bytes = result;
    answer->size_bytes = sizeof *result;
}

void serve(const struct message *request, const void *input, struct answer *answer)
{
    if (request->operation == OPERATION_LOAD)
        serve_load(request, input, answer);
    else
        serve_matrix(request, input, answer);
}
