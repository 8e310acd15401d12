#include "grade/engine.h"
#include <string.h>

const struct engine *engine_find(const char *name)
{
    if (strcmp(name, engine_slurm.name) == 0) return &engine_slurm;
    return !*name || strcmp(name, engine_local.name) == 0 ? &engine_local : NULL;
}
