// The memory of a process tree, where no control group counts it: what several share counts
// once, and what only a descriptor holds counts too.

#include "judge/tree_memory.h"
#include "unit.h"
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEGABYTE = 1 << 20, CHILDREN = 4 };

static int ready[2];
static pid_t child;

static void setup(void)
{
    ck_assert_int_eq(pipe(ready), 0);
}

static void teardown(void)
{
    if (child > 0) kill(-child, SIGKILL);
    while (child > 0 && waitpid(child, NULL, 0) < 0) continue;
}

static void touch(int flags, size_t size)
{
    char *place =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | flags, -1, 0);
    if (place != MAP_FAILED) memset(place, 1, size);
}

static void memory_file(void)
{
    static char megabyte[MEGABYTE];
    int fd = memfd_create("test", 0);
    for (int i = 0; i < 32; i++)
        if (write(fd, megabyte, sizeof megabyte) < 0) _exit(1);
}

static void say_and_wait(void)
{
    if (write(ready[1], "", 1) == 1) pause();
    _exit(0);
}

static void four_share(void)
{
    touch(MAP_SHARED, 32 * MEGABYTE);
    for (int i = 0; i < CHILDREN; i++)
        if (fork() == 0) {
            touch(MAP_PRIVATE, 1);
            pause();
        }
}

static void own_32(void)
{
    touch(MAP_PRIVATE, 32 * MEGABYTE);
}

static void each_8(void)
{
    int done[2];
    char bytes[CHILDREN];
    if (pipe(done) < 0) _exit(1);
    for (int i = 0; i < CHILDREN; i++)
        if (fork() == 0) {
            touch(MAP_PRIVATE, 8 * MEGABYTE);
            if (write(done[1], "", 1) == 1) pause();
            _exit(0);
        }
    for (ssize_t got = 0; got < CHILDREN;) got += read(done[0], bytes, sizeof bytes);
}

// A process group of its own, that does this and then waits.
static void start(void (*use)(void))
{
    char byte;
    child = fork();
    if (child == 0) {
        setpgid(0, 0);
        use();
        say_and_wait();
    }
    setpgid(child, child);
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
}

START_TEST(test_tree_memory_counts_pages)
{
    start(own_32);
    ck_assert(tree_memory_exceeds(child, 30 * MEGABYTE));
    ck_assert(!tree_memory_exceeds(child, 64 * MEGABYTE));
}
END_TEST

START_TEST(test_tree_memory_counts_all_descendants)
{
    start(each_8);
    ck_assert(tree_memory_exceeds(child, 30 * MEGABYTE));
    ck_assert(!tree_memory_exceeds(child, 64 * MEGABYTE));
}
END_TEST

START_TEST(test_tree_memory_counts_shared_pages_once)
{
    start(four_share);
    ck_assert(tree_memory_exceeds(child, 30 * MEGABYTE));
    ck_assert(!tree_memory_exceeds(child, 64 * MEGABYTE));
}
END_TEST

START_TEST(test_tree_memory_counts_memory_files_that_nobody_maps)
{
    start(memory_file);
    ck_assert(tree_memory_exceeds(child, 30 * MEGABYTE));
    ck_assert(!tree_memory_exceeds(child, 64 * MEGABYTE));
}
END_TEST

static Suite *suite(void)
{
    Suite *tests = suite_create("tree memory");
    TCase *memory = tcase_create("memory");
    tcase_add_checked_fixture(memory, setup, teardown);
    tcase_set_timeout(memory, 20);
    tcase_add_test(memory, test_tree_memory_counts_pages);
    tcase_add_test(memory, test_tree_memory_counts_all_descendants);
    tcase_add_test(memory, test_tree_memory_counts_shared_pages_once);
    tcase_add_test(memory, test_tree_memory_counts_memory_files_that_nobody_maps);
    suite_add_tcase(tests, memory);
    return tests;
}

int main(void)
{
    return unit_run(suite());
}
