#include "judge/verdicts/rounds_json.h"
#include <math.h>

static json_int_t us_of(int64_t ns)
{
    return ns < 0 ? -1 : (ns + 500) / 1000;
}

static int64_t ns_of(json_int_t us)
{
    return us < 0 ? -1 : us * 1000;
}

static json_t *run_to_json(const struct run_cost *cost)
{
    return json_pack(
        "[I, I, I, I, I, i, i, i, I, o]", us_of(cost->wall_ns), us_of(cost->cpu_ns),
        us_of(cost->wait_ns), us_of(cost->wait_spread_ns), us_of(cost->longest_ns),
        cost->threads, cost->busy_threads, cost->busy_processes,
        (json_int_t)cost->tasks, json_real(round(cost->in_flight * 1000) / 1000));
}

static int run_from_json(const json_t *array, struct run_cost *cost)
{
    json_int_t wall, cpu, wait, spread, longest, tasks;
    *cost = (struct run_cost){0};
    if (json_unpack((json_t *)array, "[I, I, I, I, I, i, i, i, I, F]", &wall, &cpu,
                    &wait, &spread, &longest, &cost->threads, &cost->busy_threads,
                    &cost->busy_processes, &tasks, &cost->in_flight) < 0)
        return -1;
    cost->wall_ns = ns_of(wall);
    cost->cpu_ns = ns_of(cpu);
    cost->wait_ns = ns_of(wait);
    cost->wait_spread_ns = ns_of(spread);
    cost->longest_ns = ns_of(longest);
    cost->tasks = tasks;
    return 0;
}

json_t *rounds_to_json(const struct round rounds[], int count)
{
    json_t *array = json_array();
    for (int i = 0; i < count; i++) {
        const struct round *at = &rounds[i];
        json_t *twice = at->twice.wall_ns ? run_to_json(&at->twice) : NULL;
        json_array_append_new(array,
                              json_pack("{s:o, s:o, s:o, s:o, s:o*}", "one",
                                        run_to_json(&at->spin_one), "all",
                                        run_to_json(&at->spin_all), "s",
                                        run_to_json(&at->baseline), "p",
                                        run_to_json(&at->student), "twice", twice));
    }
    return array;
}

int rounds_from_json(const json_t *array, struct round rounds[])
{
    size_t index;
    json_t *round;
    if (!json_is_array(array) || json_array_size(array) > ROUND_LIMIT) return -1;
    json_array_foreach(array, index, round)
    {
        struct round *at = &rounds[index];
        const json_t *twice = json_object_get(round, "twice");
        at->twice = (struct run_cost){0};
        if (run_from_json(json_object_get(round, "one"), &at->spin_one) ||
            run_from_json(json_object_get(round, "all"), &at->spin_all) ||
            run_from_json(json_object_get(round, "s"), &at->baseline) ||
            run_from_json(json_object_get(round, "p"), &at->student) ||
            (twice && run_from_json(twice, &at->twice)))
            return -1;
    }
    return (int)json_array_size(array);
}
