// A program on two pipes.

#include "bench/peer.h"
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>
#include "bench/bench.h"

void peer_open(struct peer *peer, const char *const arguments[])
{
    int orders[2], answers[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(orders, O_CLOEXEC) < 0 || pipe2(answers, O_CLOEXEC) < 0)
        bench_die("no pipe to %s", arguments[0]);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, orders[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
    int status = posix_spawnp(&peer->pid, arguments[0], &actions, NULL,
                              (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0) bench_die("%s: %s", arguments[0], strerror(status));
    close(orders[0]);
    close(answers[1]);
    peer->orders = fdopen(orders[1], "w");
    peer->answers = fdopen(answers[0], "r");
    if (!peer->orders || !peer->answers) bench_die("no pipe to %s", arguments[0]);
    signal(SIGPIPE, SIG_IGN); // a peer that has died is seen by its missing answer
}

double peer_run(struct peer *peer, const char *order)
{
    double seconds;
    char answer[128];
    fprintf(peer->orders, "%s\n", order);
    fflush(peer->orders);
    if (!fgets(answer, sizeof answer, peer->answers) ||
        sscanf(answer, "%lf", &seconds) != 1)
        bench_die("a peer has no answer to \"%s\"", order);
    return seconds;
}

void peer_close(struct peer *peer)
{
    int status;
    fclose(peer->orders);
    fclose(peer->answers);
    waitpid(peer->pid, &status, 0);
}
