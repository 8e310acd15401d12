// HDF5 keeps a stack of errors for each thread. It must be empty when the thread
// ends: its entries hold identifiers, and the library's exit handler would go round
// them for ever
// ("infinite loop closing library"). So every session clears it.

#include "stocks/hdf5_session.h"
#include <pthread.h>
#include <stdio.h>

static pthread_once_t asked = PTHREAD_ONCE_INIT;
static bool is_threadsafe; // set once, before the first session
static pthread_mutex_t serial = PTHREAD_MUTEX_INITIALIZER;

static void ask_library(void)
{
    hbool_t answer = 0;
    H5dont_atexit(); // fails, and does nothing, where the program has used HDF5 before
    H5open();
    is_threadsafe = H5is_library_threadsafe(&answer) >= 0 && answer;
}

// The innermost entry that has words is where the failure began.
static herr_t take_words(unsigned depth, const H5E_error2_t *entry, void *data)
{
    struct hdf5_session *session = data;
    if (!session->reason[0] && entry->desc)
        snprintf(session->reason, sizeof session->reason, "%s", entry->desc);
    return 0;
}

// HDF5 calls this where it would print: when a call has failed. The next call that
// succeeds would take the words away, and there are always some to close what is
// open.
static herr_t note_failure(hid_t stack, void *data)
{
    return H5Ewalk2(stack, H5E_WALK_UPWARD, take_words, data);
}

void hdf5_session_open(struct hdf5_session *session)
{
    pthread_once(&asked, ask_library);
    if (!is_threadsafe) pthread_mutex_lock(&serial);
    session->reason[0] = '\0';
    session->lacks_memory = false;
    H5Eget_auto2(H5E_DEFAULT, &session->print, &session->print_data);
    H5Eset_auto2(H5E_DEFAULT, note_failure, session);
}

void hdf5_session_close(struct hdf5_session *session)
{
    H5Eclear2(H5E_DEFAULT);
    H5Eset_auto2(H5E_DEFAULT, session->print, session->print_data);
    if (!is_threadsafe) pthread_mutex_unlock(&serial);
}

// This thread's session; NULL: it has none.
static struct hdf5_session *own_session(void)
{
    H5E_auto2_t note;
    void *session = NULL;
    H5Eget_auto2(H5E_DEFAULT, &note, &session);
    return note == note_failure ? session : NULL;
}

void *hdf5_session_memory(void *memory)
{
    struct hdf5_session *session = memory ? NULL : own_session();
    if (session) session->lacks_memory = true;
    return memory;
}

bool hdf5_session_lacks_memory(void)
{
    const struct hdf5_session *session = own_session();
    return session && session->lacks_memory;
}

const char *hdf5_session_reason(void)
{
    const struct hdf5_session *session = own_session();
    const char *reason = session ? session->reason : "";
    return *reason ? reason : "HDF5 gives no reason";
}

hid_t hdf5_close(hid_t id)
{
    if (id < 0) return H5I_INVALID_HID;
    switch (H5Iget_type(id)) {
    case H5I_FILE:
        H5Fclose(id);
        break;
    case H5I_GENPROP_LST:
        H5Pclose(id);
        break;
    case H5I_DATATYPE:
        H5Tclose(id);
        break;
    case H5I_DATASPACE:
        H5Sclose(id);
        break;
    case H5I_ATTR:
        H5Aclose(id);
        break;
    default:
        H5Oclose(id);
        break;
    }
    return H5I_INVALID_HID;
}
