#ifndef JUDGE_PACKET_H
#define JUDGE_PACKET_H

// A packet of the protocol, as either side sends and takes it: a struct message, and at most
// one descriptor beside it.

#include <stddef.h>
#include <sys/types.h>
#include "judge/protocol.h"

// A memfd that holds these bytes, with these seals (F_SEAL_...; 0: it may be changed). Its
// descriptor, the caller's to close, or a negative errno.
int memory_file_create(const char *name, const void *bytes, size_t size, int seals);

// Sends the message, and fd with it unless that is -1; fd stays the caller's. 0 or -EPIPE.
int packet_send(int socket, const struct message *message, int fd);

// Takes one packet; flags are recvmsg's. *fd is the descriptor that came with it, the caller's
// to close, or -1; *sender the process that sent it where the socket passes that on, or -1.
// 0, -EAGAIN (none is there, or a signal came), -EPIPE (the other side is gone), or -EPROTO:
// not a packet of this protocol.
int packet_take(int socket, int flags, struct message *message, int *fd,
                pid_t *sender);

#endif
