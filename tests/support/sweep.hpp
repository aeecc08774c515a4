// SPDX-License-Identifier: MIT
// The sweeps of the per-target tests: every element type, every interesting number of lanes. Read once for each target.

#include <lanewise/simd/simd.hpp>

#include "support/values.hpp"

#if defined(LANEWISE_TESTS_SWEEP_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_TESTS_SWEEP_HPP
#undef LANEWISE_TESTS_SWEEP_HPP
#else
#define LANEWISE_TESTS_SWEEP_HPP
#endif

HWY_BEFORE_NAMESPACE();
namespace lanewise_tests {
namespace HWY_NAMESPACE {

/// Calls f.template operator()<T>() for each type of a list.
template <class... T, class F>
void for_each_type(type_list<T...>, F f) {
  (f.template operator()<T>(), ...);
}

/// Calls f.template operator()<N>() for N = 1, 2, half a register, 1 and 2 registers of T, each once; for f32 and i8
/// also 4 and 8 registers, which differ from 2 in nothing but the time that they take to compile.
template <class T, class F>
void for_each_width(F f) {
  constexpr std::size_t native = ::lanewise::HWY_NAMESPACE::native_width<T>;
  if constexpr (native > 1) f.template operator()<1>();
  if constexpr (native > 2) f.template operator()<2>();
  if constexpr (native > 4) f.template operator()<native / 2>();
  f.template operator()<native>();
  f.template operator()<2 * native>();
  if constexpr (std::same_as<T, float> || std::same_as<T, std::int8_t>) {
    f.template operator()<4 * native>();
    f.template operator()<8 * native>();
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace lanewise_tests
HWY_AFTER_NAMESPACE();

#endif  // LANEWISE_TESTS_SWEEP_HPP
