#!/bin/sh
# Bugs that other pools had, put one by one into a copy of futures: the test that is there for
# each must pass without the bug, and fail with it. Prints TAP. Run it by hand, from the top,
# after `make test`:
#     sh tests/unit/breakages.sh [word]
# It takes some minutes, because a lost wake-up is seen by a test's timeout.

variant=build/asan
watched='-fsanitize=address,undefined'
folder=build/breakages
only=$1
count=0 failed=0
mkdir -p "$folder"

say() {
    echo "$1 $count - $2"
    [ "$1" = ok ] || failed=1
}

# link LIBRARY PROGRAM: the test program with this library, as $folder/test
link() {
    # shellcheck disable=SC2046,SC2086 # several words, or none
    gcc -pthread $watched "$variant/tests/unit/test_futures_$2.o" \
        "$variant/tests/unit/futures_tasks.o" "$variant/tests/unit/unit.o" "$1" -o "$folder/test" \
        $(pkg-config --libs check jansson)
}

# run TEST: only this one; the result is that of its program.
run() {
    ONLY_TEST=$1 CK_TIMEOUT_MULTIPLIER=0.1 timeout 100 "$folder/test" >"$folder/output" 2>&1 &&
        grep -q "^ok.*$1" "$folder/output"
}

# breaks NAME FILE SED-COMMANDS PROGRAM TEST
breaks() {
    case $1 in *"$only"*) ;; *) return ;; esac
    count=$((count + 1))
    source=exercises/futures/$2.c broken=$folder/$2
    sed -E "$3" "$source" >"$broken.c"
    if cmp -s "$broken.c" "$source"; then
        say "not ok" "$1: nothing was broken"
        return
    fi
    cp "$variant/libfutures.a" "$folder/broken.a"
    # shellcheck disable=SC2086 # or none
    if ! gcc -std=c17 -D_GNU_SOURCE -pthread -O2 -g $watched -w -Iexercises \
        -c "$broken.c" -o "$broken.o" || ! ar r "$folder/broken.a" "$broken.o"; then
        say "not ok" "$1: does not compile"
    elif ! link "$variant/libfutures.a" "$4" || ! run "$5"; then
        say "not ok" "$1: $5 fails without it"
    elif ! link "$folder/broken.a" "$4" || run "$5" || ! grep -q "^not ok.*$5" "$folder/output"; then
        say "not ok" "$1: not seen by $5"
    else
        say ok "$1: seen by $5"
    fi
}

# ---- wake-ups that are lost

breaks 'stop is set outside of the mutex, after the call' textbook_pool \
    '/^static int shut_down/,/^}/{s/    pool->stop = true;//;s/    if \(cancel_pending\) drain.*/    pool->stop = true;\n&/}' \
    races test_no_wake_up_is_lost_at_shutdown
breaks 'sleeping workers are not told of the end' process_keeper \
    's/slots_call_all_workers\(pool->slots\);//' \
    races test_no_wake_up_is_lost_at_shutdown
breaks 'sleeping threads are not told of the end' thread_pool \
    's/i < started; i\+\+\) sem_post/i < 1; i++) sem_post/' \
    races test_destroy_wakes_all_sleepers
breaks 'destroy wakes one sleeper only' textbook_pool \
    's/pthread_cond_broadcast\(&pool->work\)/pthread_cond_signal(\&pool->work)/' \
    races test_destroy_wakes_all_sleepers

# ---- what is shared, and when

breaks 'two pools share their end' thread_pool \
    's/&pool->stop/\&shared_stop/g;s/^static struct thread_pool \*pool_of/static _Atomic bool shared_stop;\n&/' \
    races test_two_pools_do_not_share_anything
breaks 'two pools of processes share their slots' process_pool \
    's/    pool->slots = mmap/    if (shared) pool->slots = shared; else pool->slots = shared = mmap/;s/^static void release/static void *shared;\n&/' \
    races test_two_pools_do_not_share_anything
breaks 'no reference for the finisher' future \
    's/2 \* FUTURE_REFERENCE/FUTURE_REFERENCE/' races test_free_races_with_finish
breaks 'cancel and claim are no compare-and-swap' future \
    's/!atomic_compare_exchange_weak\(&future->word, &word, state \| rest\)/(atomic_store(\&future->word, state | rest), false)/' \
    races test_cancel_races_with_claim
breaks 'an outgrown ring loses what it holds' thread_queue \
    '/for \(size_t i = taken; i != pushed/,/;/s/i = taken/i = taken + 1/' \
    executor test_tasks_start_in_the_order_of_submit

# ---- callbacks

breaks 'callbacks run under the lock' watcher \
    's/if \(watcher->internal\)/if (true)/' callbacks test_callback_adds_another
breaks 'a callback frees what its caller still uses' watcher \
    '/atomic_fetch_add\(&future->word/d;/^    future_release\(future\);/d' \
    callbacks test_callback_finds_a_future_that_another_freed
breaks 'a worker sleeps for what only it could run' future \
    '/^bool future_run_in_place/,/^}/s/!worker_executor/true/' \
    inside test_callback_submits_and_waits

# ---- deaths

breaks 'a dead worker keeps its task' fork_server \
    's/bool had_task = end_task_of.*/bool had_task = false;/' \
    kills test_killed_while_running
breaks 'a dead worker keeps its task, at random' fork_server \
    's/bool had_task = end_task_of.*/bool had_task = false;/' \
    kills test_kills_at_random_moments
breaks 'dead workers are not replaced' fork_server \
    's/if \(server->slots->workers\[i\]\.process == 0\)/if (!server->slots->workers[i].process \&\& !server->slots->workers[i].entered)/' \
    kills test_all_workers_killed
breaks 'one that died while idle is not replaced' fork_server \
    's/if \(server->slots->workers\[i\]\.process == 0\)/if (!server->slots->workers[i].process \&\& !server->slots->workers[i].entered)/' \
    kills test_killed_while_idle
breaks 'the server does not watch its parent' fork_server \
    's/if \(files\[0\]\.revents\) _exit\(1\);.*/files[0].revents = 0;/' \
    kills test_workers_do_not_outlive_their_parent

# ---- what is left behind

breaks 'descriptors are not closed' process_pool \
    '/^static void destroy/,/^}/s/close_files\(pool\);//' \
    races test_create_and_destroy_leak_nothing
breaks 'the server becomes a zombie' process_keeper \
    's/waitpid\(pool->server, NULL, 0\);//' races test_create_and_destroy_leak_nothing
# A sanitizer's own memory hides how much threads leave behind.
variant=build/plain watched=
breaks 'threads are not joined' textbook_pool \
    's/pthread_join\(pool->threads\[i\], NULL\)/(void)0/' \
    races test_create_and_destroy_leak_nothing
variant=build/asan watched='-fsanitize=address,undefined'
breaks 'the memory of a pool is not freed' thread_pool \
    '/^static void destroy/,/^}/s/free\(pool\);//' races test_create_and_destroy_leak_nothing
breaks 'a forked child may submit' executor \
    '/^struct future \*executor_submit_grouped/,/^}/s/executor->generation != fork_generation/false/' \
    executor test_forked_child_cannot_use_the_pool
echo "1..$count"
exit $failed
