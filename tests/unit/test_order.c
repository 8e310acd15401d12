// The order of the series in the heat map: clusters stand together.

#include <math.h>
#include <stdlib.h>
#include "pictures/plot/order.h"
#include "unit/unit.h"

enum { SERIES = 12, GROUPS = 3 };

// Series k belongs to group k % GROUPS.
static void fill(double r[])
{
    for (size_t i = 0; i < SERIES; i++)
        for (size_t j = 0; j < SERIES; j++)
            r[i * SERIES + j] = i == j ? 1 : i % GROUPS == j % GROUPS ? 0.9 : -0.1;
}

START_TEST(test_order_keeps_clusters_together)
{
    double r[SERIES * SERIES];
    size_t order[SERIES], changes = 0;
    fill(r);
    ck_assert_int_eq(order_by_clustering(r, SERIES, order), 0);
    for (size_t k = 1; k < SERIES; k++)
        changes += order[k] % GROUPS != order[k - 1] % GROUPS;
    ck_assert_uint_eq(changes, GROUPS - 1);
}
END_TEST

START_TEST(test_order_has_every_series_once)
{
    double r[SERIES * SERIES];
    size_t order[SERIES], seen[SERIES] = {0};
    srand(1);
    for (size_t i = 0; i < SERIES; i++)
        for (size_t j = 0; j <= i; j++)
            r[i * SERIES + j] = r[j * SERIES + i] =
                i == j ? 1 : rand() % 200 / 100.0 - 1;
    ck_assert_int_eq(order_by_clustering(r, SERIES, order), 0);
    for (size_t k = 0; k < SERIES; k++) seen[order[k]]++;
    for (size_t k = 0; k < SERIES; k++) ck_assert_uint_eq(seen[k], 1);
}
END_TEST

START_TEST(test_order_puts_constant_series_last)
{
    double r[SERIES * SERIES];
    size_t order[SERIES];
    fill(r);
    for (size_t k = 0; k < SERIES; k++) r[2 * SERIES + k] = r[k * SERIES + 2] = NAN;
    ck_assert_int_eq(order_by_clustering(r, SERIES, order), 0);
    ck_assert_uint_eq(order[SERIES - 1], 2);
}
END_TEST

START_TEST(test_order_of_constant_series_alone)
{
    double r[4] = {NAN, NAN, NAN, NAN};
    size_t order[2];
    ck_assert_int_eq(order_by_clustering(r, 2, order), 0);
    ck_assert(order[0] == 0 && order[1] == 1);
    ck_assert_int_eq(order_by_clustering(r, 0, order), 0);
}
END_TEST

// Two pairs, and a fifth series nearer to the second pair by its mean distance, though its
// nearest single series is in the first.
START_TEST(test_order_goes_by_the_average)
{
    double r[25] = {1,   0.9,  0,   0,   0.6,  // 0 and 1: a pair
                    0.9, 1,    0,   0,   -0.8, // on average -0.1 to the fifth
                    0,   0,    1,   0.9, 0.4,  // 2 and 3: a pair
                    0,   0,    0.9, 1,   0.4,  // on average 0.4 to the fifth
                    0.6, -0.8, 0.4, 0.4, 1};
    size_t order[5], place[5];
    ck_assert_int_eq(order_by_clustering(r, 5, order), 0);
    for (size_t k = 0; k < 5; k++) place[order[k]] = k;
    size_t to_first = (size_t)labs((long)place[4] - (long)place[0]) +
                      (size_t)labs((long)place[4] - (long)place[1]);
    size_t to_second = (size_t)labs((long)place[4] - (long)place[2]) +
                       (size_t)labs((long)place[4] - (long)place[3]);
    ck_assert_uint_eq(to_second, 3);
    ck_assert_uint_gt(to_first, to_second);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("order");
    TCase *group = tcase_create("order");
    tcase_set_timeout(group, 10);
    tcase_add_test(group, test_order_keeps_clusters_together);
    tcase_add_test(group, test_order_has_every_series_once);
    tcase_add_test(group, test_order_puts_constant_series_last);
    tcase_add_test(group, test_order_of_constant_series_alone);
    tcase_add_test(group, test_order_goes_by_the_average);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
