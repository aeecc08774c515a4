// SPDX-License-Identifier: MIT
// Conversions: cast<U> (values) and bit_cast<U> (bits), between all element types.

#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_CONVERT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_CONVERT_HPP
#undef LANEWISE_SIMD_CONVERT_HPP
#else
#define LANEWISE_SIMD_CONVERT_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// The lanes [first, first + lanes) of a register, first a multiple of lanes.
template <std::size_t first, std::size_t lanes, class V>
LANEWISE_TARGET_INLINE auto part_of(V v) {
  using D = hn::DFromV<V>;
  if constexpr (hn::MaxLanes(D()) == lanes) {
    return v;
  } else {
    constexpr hn::Half<D> half;
    constexpr std::size_t middle = hn::MaxLanes(half);
    if constexpr (first < middle) {
      return part_of<first, lanes>(hn::LowerHalf(half, v));
    } else {
      return part_of<first - middle, lanes>(hn::UpperHalf(half, v));
    }
  }
}

/// One register of `lanes` lanes of U from parts of `step` lanes: part(i) is the i-th.
template <class U, std::size_t first, std::size_t lanes, std::size_t step, class Part>
LANEWISE_TARGET_INLINE auto from_parts(Part part) {
  if constexpr (lanes == step) {
    return part(std::integral_constant<std::size_t, first / step>());
  } else {
    const auto lower = from_parts<U, first, lanes / 2, step>(part);
    const auto upper = from_parts<U, first + lanes / 2, lanes / 2, step>(part);
    return hn::Combine(hn::FixedTag<U, lanes>(), upper, lower);
  }
}

template <class T>
using unsigned_of = hwy::MakeUnsigned<T>;

/// Integer to a wider integer: one doubling of the width a step.
template <class U, class V>
LANEWISE_TARGET_INLINE auto widen_integer(V v) {
  using T = hn::TFromV<V>;
  using D = hn::DFromV<V>;
  if constexpr (sizeof(T) == sizeof(U)) {
    return hn::BitCast(hn::Rebind<U, D>(), v);
  } else {
    return widen_integer<U>(hn::PromoteTo(hn::Rebind<hwy::MakeWide<T>, D>(), v));
  }
}

/// Same number of lanes, another element type, one register at most on either side.
template <class U, class V>
LANEWISE_TARGET_INLINE auto convert(V v) {
  using T = hn::TFromV<V>;
  using D = hn::DFromV<V>;
  constexpr hn::Rebind<U, D> du;
  constexpr bool from_float = std::floating_point<T>;
  constexpr bool to_float = std::floating_point<U>;
  if constexpr (std::same_as<T, U>) {
    return v;
  } else if constexpr (!from_float && !to_float) {
    if constexpr (sizeof(T) <= sizeof(U)) {
      return widen_integer<U>(v);
    } else {
      const auto bits = hn::BitCast(hn::Rebind<unsigned_of<T>, D>(), v);
      return hn::BitCast(du, hn::TruncateTo(hn::Rebind<unsigned_of<U>, D>(), bits));
    }
  } else if constexpr (from_float && to_float) {
    if constexpr (sizeof(T) < sizeof(U)) {
      return hn::PromoteTo(du, v);
    } else {
      return hn::DemoteTo(du, v);
    }
  } else if constexpr (to_float) {
    if constexpr (sizeof(T) == sizeof(U)) {
      return hn::ConvertTo(du, v);
    } else if constexpr (sizeof(T) > sizeof(U)) {
      return hn::DemoteTo(du, v);
    } else if constexpr (sizeof(T) == 4) {
      return hn::PromoteTo(du, v);
    } else {
      return convert<U>(widen_integer<std::int32_t>(v));  // 8 and 16 bits fit, signed or not
    }
  } else {
    const auto number = hn::IfThenZeroElse(hn::IsNaN(v), v);
    if constexpr (sizeof(T) == sizeof(U)) {
      return hn::ConvertTo(du, number);
    } else if constexpr (sizeof(T) < sizeof(U)) {
      return hn::PromoteTo(du, number);
    } else if constexpr (sizeof(U) == 4) {
      return hn::DemoteTo(du, number);
    } else {
      return hn::DemoteTo(du, convert<std::int32_t>(number));  // both steps saturate
    }
  }
}

}  // namespace impl

/// The lanes' values as U, as C++ converts them, made total: a floating-point value outside the range of an integer
/// type gives its smallest or largest value, NaN gives 0; narrower integers wrap; f64 to f32 rounds to nearest even.
///
/// cast<std::uint8_t>(simd<float, 4>{-1, 2.9f, 300, NAN}): {0, 2, 255, 0}
template <element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> cast(simd<T, N> v) {
  if constexpr (std::same_as<T, U>) {
    return v;
  } else {
    constexpr std::size_t from_lanes = simd<T, N>::lanes_per_register;
    constexpr std::size_t to_lanes = simd<U, N>::lanes_per_register;
    constexpr std::size_t step = from_lanes < to_lanes ? from_lanes : to_lanes;
    const auto part = [&](auto i) LANEWISE_ATTR_INLINE {
      constexpr std::size_t lane = i * step;
      return impl::convert<U>(impl::part_of<lane % from_lanes, step>(v.native(lane / from_lanes)));
    };
    return simd<U, N>::make(
        [&](auto r) LANEWISE_ATTR_INLINE { return impl::from_parts<U, r * to_lanes, to_lanes, step>(part); });
  }
}

/// The same bits read as lanes of U; as many lanes as fit the same number of bytes.
template <element U, element T, std::size_t N>
  requires(N * sizeof(T) >= sizeof(U))
LANEWISE_TARGET_INLINE auto bit_cast(simd<T, N> v) {
  using result = simd<U, N * sizeof(T) / sizeof(U)>;
  return result::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::BitCast(typename result::tag(), v.native(r)); });
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_CONVERT_HPP
