// What a trace of 7.2 shows as the exercise's calls.

#include "conversion.h"
#include "pictures/record/recorder.h"

RECORDED_CALL(convert_files,
              (enum executor_kind kind, int workers, const char *const json_paths[],
               size_t count, int statuses[]),
              (kind, workers, json_paths, count, statuses))
