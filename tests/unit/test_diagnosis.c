// What stands in the way of speed, told from the evidence.

#include "judge/diagnosis.h"
#include "unit.h"
#include <math.h>
#include <string.h>

static struct speed failed(double demand, double in_flight, double extra)
{
    struct speed speed = speed_start(1.9, 2);
    speed.verdict = VERDICT_FAIL;
    speed.demand = demand;
    speed.in_flight = in_flight;
    speed.par = isnan(in_flight) ? demand : fmin(demand, in_flight);
    speed.extra = extra;
    speed.v0 = speed.par / extra;
    speed.task_us = 800;
    return speed;
}

static void is_called(const struct speed *speed, const char *name, const char *words)
{
    struct diagnosis diagnosis = speed_diagnose(speed);
    ck_assert_str_eq(diagnosis.name, name);
    ck_assert_msg(strstr(diagnosis.text, words) != NULL, "%s", diagnosis.text);
}

START_TEST(test_diagnosis_of_a_sequential_loop_is_nothing_in_parallel)
{
    struct speed speed = failed(1.0, NAN, 1.0);
    is_called(&speed, "nothing in parallel", "1.00 of them had work");
}
END_TEST

START_TEST(test_diagnosis_of_one_task_at_a_time_is_submit_then_wait)
{
    struct speed speed = failed(1.01, 0.97, 1.0);
    is_called(&speed, "submit-then-wait", "0.97 tasks in flight on average");
}
END_TEST

START_TEST(test_diagnosis_of_a_spinning_helper_is_submit_then_wait)
{
    struct speed speed = failed(2.0, 0.98, 1.0);
    is_called(&speed, "submit-then-wait", "before the next submit");
}
END_TEST

START_TEST(test_diagnosis_of_tasks_behind_each_other_is_one_big_lock)
{
    struct speed speed = failed(1.02, 1.97, 1.0);
    is_called(&speed, "one big lock",
              "2.0 tasks are in flight on average, but they use 1.0");
}
END_TEST

START_TEST(test_diagnosis_of_one_long_task_is_unequal_parts)
{
    struct speed speed = failed(1.25, 1.25, 1.0);
    is_called(&speed, "unequal parts", "some end long before the others");
}
END_TEST

START_TEST(test_diagnosis_of_more_processor_time_is_more_work)
{
    struct speed speed = failed(1.95, 1.95, 1.9);
    is_called(&speed, "more work", "1.9 times the processor time");
}
END_TEST

START_TEST(test_diagnosis_of_tiny_tasks_is_tasks_too_small)
{
    struct speed speed = failed(1.9, 1.2, 1.8);
    speed.task_us = 3;
    is_called(&speed, "tasks too small", "3 millionths of a second");
}
END_TEST

START_TEST(test_diagnosis_of_unproven_is_waiting_for_a_free_core)
{
    struct speed speed = failed(1.9, 1.9, 1.0);
    speed.verdict = VERDICT_UNPROVEN;
    speed.v0 = 1.8;
    speed.seen = 1.1;
    is_called(&speed, "waiting for a free core",
              "would reach 1.8 on 2 free processors");
}
END_TEST

START_TEST(test_diagnosis_of_a_pass_is_nothing)
{
    struct speed speed = failed(1.9, 1.9, 1.0);
    speed.verdict = VERDICT_PASS;
    is_called(&speed, "", "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diagnosis");
    TCase *tcase = tcase_create("evidence");
    tcase_set_timeout(tcase, 10);
    tcase_add_test(tcase,
                   test_diagnosis_of_a_sequential_loop_is_nothing_in_parallel);
    tcase_add_test(tcase, test_diagnosis_of_one_task_at_a_time_is_submit_then_wait);
    tcase_add_test(tcase, test_diagnosis_of_a_spinning_helper_is_submit_then_wait);
    tcase_add_test(tcase, test_diagnosis_of_tasks_behind_each_other_is_one_big_lock);
    tcase_add_test(tcase, test_diagnosis_of_one_long_task_is_unequal_parts);
    tcase_add_test(tcase, test_diagnosis_of_more_processor_time_is_more_work);
    tcase_add_test(tcase, test_diagnosis_of_tiny_tasks_is_tasks_too_small);
    tcase_add_test(tcase, test_diagnosis_of_unproven_is_waiting_for_a_free_core);
    tcase_add_test(tcase, test_diagnosis_of_a_pass_is_nothing);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
