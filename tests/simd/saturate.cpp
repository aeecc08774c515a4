// SPDX-License-Identifier: MIT
// add_sat, sub_sat, saturate_cast and round_cast, on every target, against wider arithmetic.
#define LANEWISE_KERNEL_FILE "simd/saturate.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/saturate.hpp>

#include "support/lane_by_lane.hpp"
#include "support/per_target.hpp"

#ifndef LANEWISE_TESTS_SATURATE_REFERENCE
#define LANEWISE_TESTS_SATURATE_REFERENCE
namespace saturate_tests {

using namespace lanewise_tests;

/// Two's complement of 64 bits and a word above: wide enough for every sum.
struct wide {
  std::int64_t high;
  std::uint64_t low;
};

template <class T>
wide widened(T x) {
  return {std::is_signed_v<T> && x < 0 ? -1 : 0, static_cast<std::uint64_t>(x)};
}

template <class U>
U saturated(wide x) {
  using limits = std::numeric_limits<U>;
  const auto less = [](wide a, wide b) { return a.high < b.high || (a.high == b.high && a.low < b.low); };
  if (less(x, widened(limits::min()))) return limits::min();
  if (less(widened(limits::max()), x)) return limits::max();
  return static_cast<U>(x.low);
}

template <class T>
T add(T a, T b) {
  const wide x = widened(a), y = widened(b);
  const std::uint64_t low = x.low + y.low;
  return saturated<T>({x.high + y.high + (low < x.low ? 1 : 0), low});
}

template <class T>
T subtract(T a, T b) {
  const wide x = widened(a), y = widened(b);
  return saturated<T>({x.high - y.high - (x.low < y.low ? 1 : 0), x.low - y.low});
}

template <class U, class T>
U converted(T x) {
  if constexpr (std::integral<T>) {
    return saturated<U>(widened(x));
  } else {
    using limits = std::numeric_limits<U>;
    if (std::isnan(x)) return 0;
    const long double value = x;
    if (value >= static_cast<long double>(limits::max())) return limits::max();
    if (value <= static_cast<long double>(limits::min())) return limits::min();
    return static_cast<U>(value);
  }
}

/// Both sides of every power of two, halves, and what the sweeps have.
template <class T>
const std::vector<T>& values() {
  static const std::vector<T> made = [] {
    std::vector<T> all = operands_of<T>().c;
    std::size_t i = 0;
    for (int bit = 0; bit <= 64; ++bit) {
      if constexpr (std::floating_point<T>) {
        const T power = std::ldexp(T(1), bit);
        for (T x : {power, std::nextafter(power, T(0)), std::nextafter(power, power * 2), power - T(0.5),
                    power + T(0.5), power - T(1.5)}) {
          all[i++] = x;
          all[i++] = -x;
        }
      } else if (bit < static_cast<int>(8 * sizeof(T))) {
        for (std::uint64_t x :
             {std::uint64_t{1} << bit, (std::uint64_t{1} << bit) - 1, (std::uint64_t{1} << bit) + 1}) {
          all[i++] = static_cast<T>(x);
          all[i++] = static_cast<T>(std::uint64_t{0} - x);
        }
      }
    }
    return all;
  }();
  return made;
}

}  // namespace saturate_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(saturate_tests)

using lanewise_tests::HWY_NAMESPACE::check_lanes;
using lanewise_tests::HWY_NAMESPACE::for_each_type;

void arithmetic() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    const auto& [a, b, c] = operands_of<T>();
    std::vector<T> sums, differences;
    for (std::size_t i = 0; i < sweep; ++i) {
      sums.push_back(add(a[i], b[i]));
      differences.push_back(subtract(a[i], b[i]));
    }
    check_lanes(
        "add_sat", sums, [](auto x, auto y) LANEWISE_ATTR { return lw::add_sat(x, y); }, a, b);
    check_lanes(
        "sub_sat", differences, [](auto x, auto y) LANEWISE_ATTR { return lw::sub_sat(x, y); }, a, b);
  });
}

/// For one lane, and for the widths at which one side is a whole register.
template <class U, class T, class F>
void check_casts(std::string_view what, const std::vector<U>& want, F f) {
  const std::vector<T>& from = values<T>();
  const auto with_width = [&]<std::size_t N>() LANEWISE_ATTR {
    std::vector<U> got(sweep);
    for (std::size_t i = 0; i < sweep; i += N) f(lw::simd<T, N>::load(&from[i])).store(&got[i]);
    expect_same<U>(what, name_of<T>(), N, got, want);
  };
  constexpr std::size_t t = lw::native_width<T>, u = lw::native_width<U>;
  with_width.template operator()<1>();
  with_width.template operator()<t>();
  with_width.template operator()<(u == t ? 2 * t : u)>();
}

void casts() {
  for_each_type(integer_types(), []<class U>() LANEWISE_ATTR {
    for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
      std::vector<U> want;
      for (T x : values<T>()) want.push_back(converted<U>(x));
      check_casts<U, T>("saturate_cast to " + std::string(name_of<U>()), want,
                        [](auto v) LANEWISE_ATTR { return lw::saturate_cast<U>(v); });
    });
    for_each_type(float_types(), []<class T>() LANEWISE_ATTR {
      std::vector<U> want;
      for (T x : values<T>()) want.push_back(converted<U>(std::nearbyint(x)));
      check_casts<U, T>("round_cast to " + std::string(name_of<U>()), want,
                        [](auto v) LANEWISE_ATTR { return lw::round_cast<U>(v); });
    });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace saturate_tests {
LANEWISE_TEST_PER_TARGET(arithmetic, "add_sat and sub_sat stop at the ends of the range");
LANEWISE_TEST_PER_TARGET(casts, "saturate_cast and round_cast between all types");
}  // namespace saturate_tests
#endif
