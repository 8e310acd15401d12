#ifndef STOCKS_HDF5_SESSION_H
#define STOCKS_HDF5_SESSION_H

// A stretch of HDF5 calls by one thread. Every HDF5 call of this folder stands
// between:
//
//     struct hdf5_session session;
//     hdf5_session_open(&session);
//     ...
//     hdf5_session_close(&session);
//
// Inside, HDF5 prints nothing. Where the installed library is not safe for threads,
// a lock of ours lets one session run at a time. Sessions are not nested. Internal.

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>

struct hdf5_session {
    H5E_auto2_t print; // what the thread had, to be restored
    void *print_data;
    char reason[160]; // why the first failing call failed; "": none did
    bool lacks_memory;
};

void hdf5_session_open(struct hdf5_session *session);
void hdf5_session_close(struct hdf5_session *session);

// Why the first call that failed in this thread's session did, in HDF5's own words;
// borrowed until the session is closed.
const char *hdf5_session_reason(void);

// Passes on what an allocation inside a session returned, and notes a NULL: without that
// memory the session may find less in a file than there is.
void *hdf5_session_memory(void *memory);

// Whether this thread's session has noted one.
bool hdf5_session_lacks_memory(void);

// Closes whichever kind of identifier; a negative one is nothing to do. Returns
// H5I_INVALID_HID, to be stored in its place.
hid_t hdf5_close(hid_t id);

#endif
