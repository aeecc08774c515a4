// SPDX-License-Identifier: MIT
// AVX2's instructions that Highway has no word for. On other targets, AVX-512 included, has_avx2 is false and they are
// declared, so that `if constexpr (impl::has_avx2)` compiles, but deleted.

#include <concepts>
#include <cstdint>

#include "lanewise/config/highway.hpp"

#if defined(LANEWISE_CONFIG_AVX2_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_CONFIG_AVX2_HPP
#undef LANEWISE_CONFIG_AVX2_HPP
#else
#define LANEWISE_CONFIG_AVX2_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

#if HWY_ARCH_X86 && HWY_TARGET == HWY_AVX2

inline constexpr bool has_avx2 = true;

/// if_odd where the lowest bit of `whole` is set, else if_even: by a permute of a constant, which unlike a blend leaves
/// the pipes for multiplications alone (Zen 5).
template <class I>
LANEWISE_TARGET_INLINE auto constant_by_parity(I whole, float if_even, float if_odd) {
  using V = ::hwy::HWY_NAMESPACE::Vec<::hwy::HWY_NAMESPACE::RebindToFloat<::hwy::HWY_NAMESPACE::DFromV<I>>>;
  const float e = if_even, o = if_odd;
  if constexpr (sizeof(whole.raw) == 16) {
    return V{_mm_permutevar_ps(_mm_setr_ps(e, o, e, o), whole.raw)};
  } else {
    return V{_mm256_permutevar8x32_ps(_mm256_setr_ps(e, o, e, o, e, o, e, o), whole.raw)};
  }
}
/// In f64, the permute looks at bit 1.
template <class I>
LANEWISE_TARGET_INLINE auto constant_by_parity(I whole, double if_even, double if_odd) {
  using V = ::hwy::HWY_NAMESPACE::Vec<::hwy::HWY_NAMESPACE::RebindToFloat<::hwy::HWY_NAMESPACE::DFromV<I>>>;
  const I twice = ::hwy::HWY_NAMESPACE::Add(whole, whole);
  if constexpr (sizeof(whole.raw) == 16) {
    return V{_mm_permutevar_pd(_mm_setr_pd(if_even, if_odd), twice.raw)};
  } else {
    return V{_mm256_permutevar_pd(_mm256_setr_pd(if_even, if_odd, if_even, if_odd), twice.raw)};
  }
}

#else

inline constexpr bool has_avx2 = false;

template <class I>
void constant_by_parity(I whole, float if_even, float if_odd) = delete;
template <class I>
void constant_by_parity(I whole, double if_even, double if_odd) = delete;

#endif

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_CONFIG_AVX2_HPP
