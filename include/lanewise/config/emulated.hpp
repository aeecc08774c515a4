// SPDX-License-Identifier: MIT
// Operations that Highway's emulated target rounds in ways of its own (1.2.0 to 1.4.0): there x / 0 is 0, an f64 beyond
// f32's range becomes the largest f32 rather than an infinity, and zeros lose their sign when rounded (on SSE2 too).
// Here they are as IEEE 754 has them, on every target.

#include <cstddef>

#include "lanewise/config/highway.hpp"

#if defined(LANEWISE_CONFIG_EMULATED_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_CONFIG_EMULATED_HPP
#undef LANEWISE_CONFIG_EMULATED_HPP
#else
#define LANEWISE_CONFIG_EMULATED_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

template <class V>
LANEWISE_TARGET_INLINE V divide(V a, V b) {
  namespace hn = ::hwy::HWY_NAMESPACE;
  if constexpr (HWY_TARGET == HWY_EMU128) {
    for (std::size_t i = 0; i < hn::MaxLanes(hn::DFromV<V>()); ++i) a.raw[i] /= b.raw[i];
    return a;
  } else {
    return hn::Div(a, b);
  }
}

/// f64 to f32, to nearest even.
template <class D, class V>
LANEWISE_TARGET_INLINE auto narrow_to_float(D d, V v) {
  namespace hn = ::hwy::HWY_NAMESPACE;
  if constexpr (HWY_TARGET == HWY_EMU128) {
    hn::Vec<D> result;
    for (std::size_t i = 0; i < hn::MaxLanes(d); ++i) result.raw[i] = static_cast<float>(v.raw[i]);
    return result;
  } else {
    return hn::DemoteTo(d, v);
  }
}

/// `whole`, which is x rounded to a whole number, with x's sign: where there is no rounding instruction, Highway makes
/// a positive zero of some negative numbers.
template <class V>
LANEWISE_TARGET_INLINE V with_sign_of(V x, V whole) {
  if constexpr (HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SSE2 || HWY_TARGET == HWY_SSSE3) {
    return ::hwy::HWY_NAMESPACE::CopySign(whole, x);
  } else {
    return whole;
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_CONFIG_EMULATED_HPP
