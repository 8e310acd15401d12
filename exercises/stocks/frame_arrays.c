// A group of one-dimensional datasets, as somebody writes it without thinking of
// pandas.

#include "stocks/frame_layout.h"
#include "stocks/hdf5_session.h"

bool frame_arrays_find(hid_t group, const char *name, struct hdf5_column *column)
{
    if (!*name || H5Lexists(group, name, H5P_DEFAULT) <= 0) return false;
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    *column = (struct hdf5_column){.dataset = object, .field = -1};
    if (object >= 0 && H5Iget_type(object) == H5I_DATASET) return true;
    hdf5_column_close(column);
    return false;
}

struct listing {
    FILE *out;
    const char *comma;
};

static herr_t list_link(hid_t group, const char *name, const H5L_info_t *info,
                        void *data)
{
    struct listing *listing = data;
    fprintf(listing->out, "%s%s", listing->comma, name);
    listing->comma = ", ";
    return 0;
}

void frame_arrays_list(hid_t group, FILE *out)
{
    struct listing listing = {out, ""};
    H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, list_link, &listing);
}
