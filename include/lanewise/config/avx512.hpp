// SPDX-License-Identifier: MIT
// AVX-512's instructions that Highway has no word for: the exponent of floats, functions of three operands. On other
// targets has_avx512 is false and they are declared, so that `if constexpr (impl::has_avx512)` compiles, but deleted.

#include <concepts>

#include "lanewise/config/highway.hpp"

#if defined(LANEWISE_CONFIG_AVX512_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_CONFIG_AVX512_HPP
#undef LANEWISE_CONFIG_AVX512_HPP
#else
#define LANEWISE_CONFIG_AVX512_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3

inline constexpr bool has_avx512 = true;

#define LANEWISE_AVX512(result_of_128, result_of_256, result_of_512) \
  if constexpr (sizeof(x.raw) == 16) {                               \
    return V{result_of_128};                                         \
  } else if constexpr (sizeof(x.raw) == 32) {                        \
    return V{result_of_256};                                         \
  } else {                                                           \
    return V{result_of_512};                                         \
  }

/// x * 2^floor(k), rounded once: overflow, subnormal results, zeros, infinities and NaN as the product has them.
template <class V>
LANEWISE_TARGET_INLINE V scale(V x, V k) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_scalef_ps(x.raw, k.raw), _mm256_scalef_ps(x.raw, k.raw), _mm512_scalef_ps(x.raw, k.raw))
  } else {
    LANEWISE_AVX512(_mm_scalef_pd(x.raw, k.raw), _mm256_scalef_pd(x.raw, k.raw), _mm512_scalef_pd(x.raw, k.raw))
  }
}

/// floor(log2(|x|)) as a float, subnormals included; -inf for zeros, +inf for infinities, NaN for NaN.
template <class V>
LANEWISE_TARGET_INLINE V exponent(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_getexp_ps(x.raw), _mm256_getexp_ps(x.raw), _mm512_getexp_ps(x.raw))
  } else {
    LANEWISE_AVX512(_mm_getexp_pd(x.raw), _mm256_getexp_pd(x.raw), _mm512_getexp_pd(x.raw))
  }
}

/// |x| brought to [0.75, 1.5) by a power of two, subnormals included; 1 for zeros and infinities; the sign is x's,
/// and NaN for x < 0.
template <class V>
LANEWISE_TARGET_INLINE V significand(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_getmant_ps(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
                    _mm256_getmant_ps(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
                    _mm512_getmant_ps(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan))
  } else {
    LANEWISE_AVX512(_mm_getmant_pd(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
                    _mm256_getmant_pd(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan),
                    _mm512_getmant_pd(x.raw, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan))
  }
}

/// |x| brought to [1, 2) by a power of two, else as significand.
template <class V>
LANEWISE_TARGET_INLINE V significand_from_1(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_getmant_ps(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
                    _mm256_getmant_ps(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
                    _mm512_getmant_ps(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan))
  } else {
    LANEWISE_AVX512(_mm_getmant_pd(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
                    _mm256_getmant_pd(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan),
                    _mm512_getmant_pd(x.raw, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_nan))
  }
}

/// x less the nearest whole number, halves to the even one; exact; 0 for infinities, NaN for NaN.
template <class V>
LANEWISE_TARGET_INLINE V fraction(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_reduce_ps(x.raw, 0), _mm256_reduce_ps(x.raw, 0), _mm512_reduce_ps(x.raw, 0))
  } else {
    LANEWISE_AVX512(_mm_reduce_pd(x.raw, 0), _mm256_reduce_pd(x.raw, 0), _mm512_reduce_pd(x.raw, 0))
  }
}

/// Any function of three operands, bit by bit; integers.
template <int table, class V>
LANEWISE_TARGET_INLINE V ternary_logic(V x, V y, V z) {
  LANEWISE_AVX512(_mm_ternarylogic_epi64(x.raw, y.raw, z.raw, table),
                  _mm256_ternarylogic_epi64(x.raw, y.raw, z.raw, table),
                  _mm512_ternarylogic_epi64(x.raw, y.raw, z.raw, table))
}

/// 1 / x with a relative error of at most 2^-14, in registers of any size; Highway's estimate is that of AVX where they
/// are not full.
template <class V>
LANEWISE_TARGET_INLINE V inverse_estimate(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_rcp14_ps(x.raw), _mm256_rcp14_ps(x.raw), _mm512_rcp14_ps(x.raw))
  } else {
    LANEWISE_AVX512(_mm_rcp14_pd(x.raw), _mm256_rcp14_pd(x.raw), _mm512_rcp14_pd(x.raw))
  }
}

/// 1 / sqrt(x) with a relative error of at most 2^-14, likewise.
template <class V>
LANEWISE_TARGET_INLINE V inverse_sqrt_estimate(V x) {
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_rsqrt14_ps(x.raw), _mm256_rsqrt14_ps(x.raw), _mm512_rsqrt14_ps(x.raw))
  } else {
    LANEWISE_AVX512(_mm_rsqrt14_pd(x.raw), _mm256_rsqrt14_pd(x.raw), _mm512_rsqrt14_pd(x.raw))
  }
}

/// The larger of |x| and |y|, or the smaller; the number where one is NaN.
template <bool larger, class V>
LANEWISE_TARGET_INLINE V magnitude_of_two(V x, V y) {
  constexpr int control = larger ? 11 : 10;
  if constexpr (std::same_as<::hwy::HWY_NAMESPACE::TFromV<V>, float>) {
    LANEWISE_AVX512(_mm_range_ps(x.raw, y.raw, control), _mm256_range_ps(x.raw, y.raw, control),
                    _mm512_range_ps(x.raw, y.raw, control))
  } else {
    LANEWISE_AVX512(_mm_range_pd(x.raw, y.raw, control), _mm256_range_pd(x.raw, y.raw, control),
                    _mm512_range_pd(x.raw, y.raw, control))
  }
}

#undef LANEWISE_AVX512

#else

inline constexpr bool has_avx512 = false;

template <class V>
V scale(V x, V k) = delete;
template <class V>
V exponent(V x) = delete;
template <class V>
V significand(V x) = delete;
template <class V>
V significand_from_1(V x) = delete;
template <class V>
V fraction(V x) = delete;
template <int table, class V>
V ternary_logic(V x, V y, V z) = delete;
template <class V>
V inverse_estimate(V x) = delete;
template <class V>
V inverse_sqrt_estimate(V x) = delete;
template <bool larger, class V>
V magnitude_of_two(V x, V y) = delete;

#endif

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_CONFIG_AVX512_HPP
