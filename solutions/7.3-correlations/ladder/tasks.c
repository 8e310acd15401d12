// Hands the tasks of a step to an executor: the same for every step.
//
// Threads write into the caller's r. A process worker would write into a copy of its own, so
// there all that tasks write is in memory that processes share, and r is copied at the end.

enum { PAGE = 4096 };

// Of one call, or kept for the next one: a system clears fresh memory, page by page as it is
// touched, and that would take a fifth of the time of the last step.
struct block {
    size_t size; // in bytes, without this page
    _Alignas(PAGE) char bytes[];
};

static struct block *_Atomic kept_block;

static struct block *block_create(size_t size)
{
    struct block *block = atomic_exchange(&kept_block, NULL);
    if (block && block->size == size) return block;
    free(block);
    size_t whole = sizeof *block + (size + PAGE - 1) / PAGE * PAGE;
    block = aligned_alloc(PAGE, whole);
    if (!block) return NULL;
    block->size = size;
    madvise(block, whole, MADV_HUGEPAGE); // fewer addresses to look up; or nothing
    return block;
}

static void block_destroy(struct block *block)
{
    free(atomic_exchange(&kept_block, block));
}

static void *shared_create(size_t size)
{
    void *memory = mmap(NULL, size + 1, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static void shared_destroy(void *memory, size_t size)
{
    if (memory) munmap(memory, size + 1);
}

// The pointer is good in a process worker too.
struct part {
    const struct job *job;
    size_t task;
};

static int prepare_part(const void *args, void *result)
{
    const struct part *part = args;
    step.prepare(part->job, part->task);
    return 0;
}

static int correlate_part(const void *args, void *result)
{
    const struct part *part = args;
    *(struct best_pair *)result = step.correlate(part->job, part->task);
    return 0;
}

static int run_parts(struct executor *executor, const struct job *job, task_fn *task,
                     size_t count, void *results, size_t result_size)
{
    struct part *parts = calloc(count + 1, sizeof *parts);
    if (!parts) return -ENOMEM;
    for (size_t k = 0; k < count; k++) parts[k] = (struct part){job, k};
    int status = executor_map(executor, task, parts, sizeof *parts, results,
                              result_size, count, NULL, NULL);
    free(parts);
    return status;
}

static int run_job(struct executor *executor, const struct job *job,
                   struct best_pair *best)
{
    size_t count = step.correlate_count(job);
    struct best_pair *bests = calloc(count + 1, sizeof *bests);
    int status = bests ? 0 : -ENOMEM;
    if (!status && step.prepare)
        status =
            run_parts(executor, job, prepare_part, step.prepare_count(job), NULL, 0);
    if (!status)
        status =
            run_parts(executor, job, correlate_part, count, bests, sizeof *bests);
    *best = no_pair;
    for (size_t k = 0; k < count && !status; k++) *best = better(*best, bests[k]);
    free(bests);
    return status;
}

static int run_on(enum executor_kind kind, int workers, const struct job *job,
                  struct best_pair *best)
{
    // Created only now, with all memory in place: see executor_create.
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status = executor ? run_job(executor, job, best) : -errno;
    executor_destroy(executor);
    return status;
}

static int run_on_threads(enum executor_kind kind, int workers, struct job *job,
                          size_t units_size, struct best_pair *best)
{
    struct block *block = block_create(units_size);
    if (!block) return -ENOMEM;
    job->units = (double *)(void *)block->bytes;
    int status = run_on(kind, workers, job, best);
    block_destroy(block);
    return status;
}

static int run_on_processes(int workers, struct job *job, size_t units_size,
                            struct best_pair *best)
{
    size_t r_size = job->n * job->n * sizeof(double);
    double *r = job->r;
    int status = -ENOMEM;
    job->units = shared_create(units_size);
    job->r = shared_create(r_size);
    if (job->units && job->r)
        status = run_on(EXECUTOR_PROCESSES, workers, job, best);
    if (!status && r_size) memcpy(r, job->r, r_size);
    shared_destroy(job->r, r_size);
    shared_destroy(job->units, units_size);
    return status;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    struct job job = {series->values, series->series_count, series->length, NULL, r};
    size_t units_size = step.units_size ? step.units_size(&job) : 0;
    if (kind == EXECUTOR_PROCESSES)
        return run_on_processes(workers, &job, units_size, best);
    return run_on_threads(kind, workers, &job, units_size, best);
}
