// SPDX-License-Identifier: MIT
// log, log2, log10, log1p on every target.
#define LANEWISE_KERNEL_FILE "simd/math/log.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/log.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_log_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void log() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::log(x); };
    check_error<T>("log", f, reference::log, lanewise::max_ulp::log.of<T>(), between(0.3, 3), around(1), around(0.5),
                   around(0.70710678), around(1.41421356));
    check_specials<T>("log", f,
                      {{0, -infinity},
                       {-0.0, -infinity},
                       {1, 0},
                       {-1, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number}});
  });
}

void log2() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::log2(x); };
    check_error<T>("log2", f, reference::log2, lanewise::max_ulp::log2.of<T>(), between(0.3, 3), around(1), around(0.5),
                   around(0.70710678), around(1.41421356));
    check_specials<T>("log2", f,
                      {{0, -infinity},
                       {-0.0, -infinity},
                       {1, 0},
                       {-1, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number},
                       {2, 1},
                       {0.125, -3},
                       {1048576, 20}});
  });
}

void log10() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::log10(x); };
    check_error<T>("log10", f, reference::log10, lanewise::max_ulp::log10.of<T>(), between(0.3, 3), between(1.3, 1.35),
                   around(1), around(0.5), around(0.70710678), around(1.41421356));
    check_specials<T>("log10", f,
                      {{0, -infinity},
                       {-0.0, -infinity},
                       {1, 0},
                       {-1, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number}});
  });
}

void log1p() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::log1p(x); };
    check_error<T>("log1p", f, reference::log1p, lanewise::max_ulp::log1p.of<T>(), between(-1, 3), around(-1),
                   around(-0.29289322), around(0.41421356), around(0.5), around(1), around(1e30));
    check_specials<T>("log1p", f,
                      {{0, 0},
                       {-0.0, -0.0},
                       {-1, -infinity},
                       {-2, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {not_a_number, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_log_tests {
LANEWISE_TEST_PER_TARGET(log, "log");
LANEWISE_TEST_PER_TARGET(log2, "log2");
LANEWISE_TEST_PER_TARGET(log10, "log10");
LANEWISE_TEST_PER_TARGET(log1p, "log1p");
}  // namespace math_log_tests
#endif
