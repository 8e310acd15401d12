// Opens sockets to wherever, and listens.
// caught by: threads: the calls wait at the same time
// points: 0

#include "submit.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void reach(int family, int type)
{
    struct sockaddr_in where = {AF_INET, htons(53), {htonl(0x7f000001)}, {0}};
    int fd = socket(family, type, 0);
    if (fd < 0) return;
    connect(fd, (struct sockaddr *)&where, sizeof where);
    if (write(fd, "workbook-attack", 15) == 15) abort();
    listen(fd, 5);
}

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    static const int families[] = {AF_INET,    AF_INET6,  AF_UNIX,
                                   AF_NETLINK, AF_PACKET, AF_VSOCK};
    for (unsigned k = 0; k < sizeof families / sizeof *families; k++) {
        reach(families[k], SOCK_STREAM);
        reach(families[k], SOCK_DGRAM);
        reach(families[k], SOCK_RAW);
    }
    return table(n, results);
}
