// SPDX-License-Identifier: MIT
// One operation of simd on all operands of a sweep against expected values, for few widths: one lane, one register,
// two. Read once for each target.

#include "support/sweep.hpp"

#if defined(LANEWISE_TESTS_LANE_BY_LANE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_TESTS_LANE_BY_LANE_HPP
#undef LANEWISE_TESTS_LANE_BY_LANE_HPP
#else
#define LANEWISE_TESTS_LANE_BY_LANE_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace lanewise_tests {
namespace HWY_NAMESPACE {

/// Checks f(vectors of the operands...) against `want`. f returns a vector of R of the same number of lanes.
template <class R, class T, class F, class... V>
void check_lanes(std::string_view what, const std::vector<R>& want, F f, const std::vector<T>& a, const V&... more) {
  namespace lw = ::lanewise::HWY_NAMESPACE;
  const auto with_width = [&]<std::size_t N>() HWY_ATTR {
    std::vector<R> got(want.size());
    for (std::size_t i = 0; i + N <= want.size(); i += N) {
      f(lw::simd<T, N>::load(&a[i]), lw::simd<typename V::value_type, N>::load(&more[i])...).store(&got[i]);
    }
    expect_same<R>(what, name_of<T>(), N, got, want);
  };
  constexpr std::size_t native = lw::native_width<T>;
  with_width.template operator()<1>();
  with_width.template operator()<native>();
  with_width.template operator()<2 * native>();
}

}  // namespace HWY_NAMESPACE
}  // namespace lanewise_tests
HWY_AFTER_NAMESPACE();

#endif  // LANEWISE_TESTS_LANE_BY_LANE_HPP
