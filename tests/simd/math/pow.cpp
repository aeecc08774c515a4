// SPDX-License-Identifier: MIT
// pow, cbrt, hypot on every target.
#define LANEWISE_KERNEL_FILE "simd/math/pow.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/pow.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_pow_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void pow() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    constexpr bool f32 = sizeof(T) == 4;
    constexpr double inf = infinity, nan = not_a_number;
    const auto f = [](auto x, auto y) LANEWISE_ATTR { return lw::pow(x, y); };
    // Near the limits of the range: where an error of the logarithm weighs most.
    check_error<T>("pow", f, reference::pow, lanewise::max_ulp::pow.of<T>(), both(between(0, 10), between(-20, 20)),
                   both(between(1.2, 1.42), f32 ? between(-440, 440) : between(-3000, 3000)),
                   both(between(0.7, 0.9), f32 ? between(-400, 400) : between(-3000, 3000)),
                   both(around(1), f32 ? between(-1e8, 1e8) : between(-1e17, 1e17)),
                   both(between(-10, 0), between(-20, 20)));
    check_specials<T>(
        "pow", f, {{0, 3, 0},    {-0.0, 3, -0.0}, {0, -3, inf},   {-0.0, -3, -inf},  {0, 2, 0},      {-0.0, 2, 0},
                   {0, -2, inf}, {-0.0, -2, inf}, {-0.0, 0.5, 0}, {-0.0, -0.5, inf}, {0, -inf, inf}, {-0.0, -inf, inf},
                   {0, inf, 0},  {-0.0, inf, 0},  {-1, inf, 1},   {-1, -inf, 1},     {1, nan, 1},    {1, inf, 1},
                   {nan, 0, 1},  {nan, -0.0, 1},  {0, 0, 1},      {inf, 0, 1},       {-inf, -0.0, 1}});
    check_specials<T>(
        "pow", f,
        {{-8, 1.0 / 3, nan}, {-8, 3, -512},   {-8, 2, 64},     {-2, -1, -0.5},  {0.5, -inf, inf}, {-0.5, -inf, inf},
         {2, -inf, 0},       {-2, -inf, 0},   {0.5, inf, 0},   {2, inf, inf},   {-2, inf, inf},   {-inf, -3, -0.0},
         {-inf, -2, 0},      {-inf, -0.5, 0}, {-inf, 3, -inf}, {-inf, 2, inf},  {-inf, 0.5, inf}, {inf, -1, 0},
         {inf, 2, inf},      {nan, 1, nan},   {2, nan, nan},   {nan, nan, nan}, {-1, nan, nan},   {-1, 16777216, 1},
         {-1, 8388607, -1},  {-1, 1e30, 1}});
  });
}

void cbrt() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::cbrt(x); };
    check_error<T>("cbrt", f, reference::cbrt, lanewise::max_ulp::cbrt.of<T>(), between(-8, 8), around(1), around(8));
    check_specials<T>(
        "cbrt", f, {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}, {not_a_number, not_a_number}});
  });
}

void hypot() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x, auto y) LANEWISE_ATTR { return lw::hypot(x, y); };
    constexpr double largest = std::numeric_limits<T>::max(), smallest = std::numeric_limits<T>::denorm_min();
    check_error<T>("hypot", f, reference::hypot, lanewise::max_ulp::hypot.of<T>(), both(between(-2, 2), between(-2, 2)),
                   both(between(0, largest), between(0, largest)),
                   both(between(0, 1000 * smallest), between(0, 1000 * smallest)));
    check_specials<T>("hypot", f,
                      {{0, 0, 0},
                       {-0.0, -0.0, 0},
                       {-0.0, 2, 2},
                       {-3, 4, 5},
                       {infinity, not_a_number, infinity},
                       {not_a_number, -infinity, infinity},
                       {-infinity, 1, infinity},
                       {0, infinity, infinity},
                       {not_a_number, 1, not_a_number},
                       {0, not_a_number, not_a_number},
                       {largest, 0, largest},
                       {smallest, 0, smallest}});
    const double low = sizeof(T) == 4 ? 0x1p-60 : 0x1p-500, high = sizeof(T) == 4 ? 0x1p60 : 0x1p500;
    check_error_within<T>(
        "fast::hypot", [](auto x, auto y) LANEWISE_ATTR { return lw::fast::hypot(x, y); }, reference::hypot,
        lanewise::max_ulp::fast::hypot.of<T>(), both(between(0.5, 2), between(-2, 2)),
        both(between(-1, 1), between(1, 100)), both(around(1), around(1)), both(between(low, 2 * low), between(0, low)),
        both(between(0, high), between(high / 2, high)));
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_pow_tests {
LANEWISE_TEST_PER_TARGET(pow, "pow");
LANEWISE_TEST_PER_TARGET(cbrt, "cbrt");
LANEWISE_TEST_PER_TARGET(hypot, "hypot");
}  // namespace math_pow_tests
#endif
