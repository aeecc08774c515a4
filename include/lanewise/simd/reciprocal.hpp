// SPDX-License-Identifier: MIT
// Reciprocals: rcp and rsqrt to nearly the last place, rcp_estimate and rsqrt_estimate to 11 bits and more.

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_SIMD_RECIPROCAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_RECIPROCAL_HPP
#undef LANEWISE_SIMD_RECIPROCAL_HPP
#else
#define LANEWISE_SIMD_RECIPROCAL_HPP
#endif

LANEWISE_BEGIN_TARGET

/// The largest relative error of rcp_estimate and rsqrt_estimate, on every target; and the largest error of rsqrt in
/// units in the last place.
inline constexpr double estimate_error = 0x1.8p-12;
inline constexpr double rsqrt_max_ulp = 1.5;

namespace impl {

/// Whether an instruction estimates reciprocals of T as well as estimate_error says. Those of Arm have 8 bits.
template <element T>
inline constexpr bool has_estimates = HWY_ARCH_X86 != 0 && HWY_TARGET != HWY_EMU128 &&
                                      (std::same_as<T, float> || (std::same_as<T, double> && has_avx512));

}  // namespace impl

/// About 1 / v: the relative error is at most estimate_error; the value itself depends on the target. Infinite for
/// zeros and zero for infinities, with their sign; NaN for NaN. Numbers below 2^-126 may count as zero, as may such
/// results (f32).
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rcp_estimate(simd<T, N> v) {
  if constexpr (half_element<T>) {
    return cast<T>(rcp_estimate(cast<float>(v)));
  } else if constexpr (impl::has_estimates<T>) {
    return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::ApproximateReciprocal(x); }, v);
  } else {
    return T(1) / v;
  }
}

/// About 1 / sqrt(v), in the same way; NaN below zero, -infinity for -0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rsqrt_estimate(simd<T, N> v) {
  if constexpr (half_element<T>) {
    return cast<T>(rsqrt_estimate(cast<float>(v)));
  } else if constexpr (impl::has_estimates<T>) {
    return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::ApproximateReciprocalSqrt(x); }, v);
  } else {
    return T(1) / sqrt(v);
  }
}

/// 1 / v, rounded once. It is a division: an estimate refined to 1 ULP that is right for zeros, infinities and
/// subnormal numbers takes as long (f32: 0.083 ns an element against 0.093 on AVX2, 0.044 against 0.050 on AVX-512; Zen
/// 5, 2026-11).
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rcp(simd<T, N> v) {
  return simd<T, N>(T(1)) / v;
}

/// 1 / sqrt(v), at most rsqrt_max_ulp off. NaN below zero; infinite for zeros, with their sign; 0 for infinity. f32
/// with AVX2 and both types with AVX-512 take a refined estimate, nearly twice as fast as the division.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rsqrt(simd<T, N> v) {
  using V = simd<T, N>;
  if constexpr (half_element<T>) {
    return cast<T>(rsqrt(cast<float>(v)));
  } else if constexpr (impl::has_estimates<T> && HWY_NATIVE_FMA != 0) {
    // With e = 1 - v y^2, 1 / sqrt(v) = y (1 + e / 2 + 3 e^2 / 8 + ...): three times the bits. f64 then takes a step of
    // two times.
    V y = rsqrt_estimate(v);
    const V estimate = y;
    const V error = fnma(v * y, y, V(T(1)));
    y = fma(y * error, fma(error, V(T(0.375)), V(T(0.5))), y);
    if constexpr (std::same_as<T, double>) y = fma(y * V(T(0.5)), fnma(v * y, y, V(T(1))), y);
    // Zeros and infinities, which are right in the estimate, have become NaN.
    y = V::select(is_nan(y), estimate, y);
    // The estimate of a subnormal number is infinite, but with AVX-512's instruction, which Highway uses for whole
    // registers.
    if constexpr (std::same_as<T, float> && (!impl::has_avx512 || V::lanes_per_register < native_width<T>)) {
      const auto subnormal = abs(v) < V(std::numeric_limits<T>::min());
      if (any(subnormal)) [[unlikely]] {
        y = V::select(subnormal, V(T(1)) / sqrt(v), y);
      }
    }
    return y;
  } else {
    return V(T(1)) / sqrt(v);
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_RECIPROCAL_HPP
