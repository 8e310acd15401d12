// The page that a runner shares with the judge, filled as a student's code likes it: what the call
// cost, and why it hangs, come out as numbers and a sentence.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"
#include "judge/hang.h"
#include "judge/run_cost.h"
#include <math.h>
#include <string.h>

static const int64_t YEARS_NS = INT64_MAX >> 11;

static struct threads_seen before, after;
static struct runner_page page;

// What the kernel tells of threads: numbers as large as in years.
static void threads_fill(struct parts *parts, struct threads_seen *seen)
{
    seen->process_ns = (uint64_t)parts_wide(parts) >> 12;
    seen->group_ns = parts_number(parts, 2) ? -1 : parts_wide(parts) & YEARS_NS;
    seen->pressure_ns = parts_number(parts, 2) ? -1 : parts_wide(parts) & YEARS_NS;
    seen->count = parts_number(parts, 5);
    for (unsigned i = 0; i < seen->count; i++)
        seen->thread[i] = (struct thread_usage){
            (pid_t)parts_number(parts, 4), (pid_t)parts_number(parts, 8),
            (uint64_t)parts_wide(parts) >> 12, (uint64_t)parts_wide(parts) >> 12};
}

static void ended_fill(struct parts *parts)
{
    unsigned written = parts_number(parts, 6), many = parts_number(parts, 4);
    memset(&page.ended, 0, sizeof page.ended);
    for (unsigned i = 0; i < written; i++) {
        struct ended_thread *thread = &page.ended.thread[i];
        thread->process = (int32_t)parts_number(parts, 4);
        thread->thread = (int32_t)parts_wide(parts);
        thread->run_ns = (uint64_t)parts_wide(parts);
        thread->wait_ns = (uint64_t)parts_wide(parts);
    }
    page.ended.count = many == 3 ? (uint32_t)parts_wide(parts) : written;
}

static void board_fill(struct parts *parts)
{
    struct wait_board *board = &page.board;
    memset(board, 0, sizeof *board);
    unsigned waits = parts_number(parts, 5);
    board->submitted = (uint32_t)parts_wide(parts);
    for (unsigned i = 0; i < waits; i++) {
        board->entry[i].thread = (int32_t)parts_number(parts, 3);
        board->entry[i].kind = (int32_t)parts_wide(parts);
        board->entry[i].is_in_task = (int32_t)parts_number(parts, 2);
        board->entry[i].future = (void *)(uintptr_t)parts_wide(parts);
    }
    board->entries = parts_number(parts, 2) ? (uint32_t)parts_wide(parts) : waits;
    parts_fill(parts, board->state, 32);
    parts_fill(parts, board->future, 64);
}

static void cost_check(int64_t reaped_ns)
{
    struct run_cost cost = {.wall_ns = 1000000, .in_flight = -1};
    cost_weigh(&cost, &before, &after, &page.ended, reaped_ns);
    claim(cost.wall_ns == 1000000, "the wall time is the judge's own");
    claim(cost.wait_ns >= -1, "a wait is known, or not");
    claim(cost.cpu_ns >= 0 && cost.longest_ns >= 0,
          "processor time is no less than none");
    claim(cost.wait_spread_ns >= 0, "waits differ by no less than nothing");
    claim(cost.busy_threads <= cost.threads &&
              cost.busy_processes <= cost.busy_threads,
          "who was busy ran");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    char text[512] = "";
    struct parts parts = {bytes, size};
    threads_fill(&parts, &before);
    threads_fill(&parts, &after);
    if (after.group_ns >= 0) after.group_ns += before.group_ns;
    if (after.pressure_ns >= 0) after.pressure_ns += before.pressure_ns;
    ended_fill(&parts);
    cost_check(parts_wide(&parts) & YEARS_NS);
    board_fill(&parts);
    hang_tell(&page.board, 1, parts_number(&parts, 2), text, sizeof text);
    claim(*text, "a hang has a sentence");
    claim_printable(text);
}
