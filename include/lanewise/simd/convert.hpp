// SPDX-License-Identifier: MIT
// Conversions: cast<U>, saturate_cast<U>, round_cast<U> (values) and bit_cast<U> (bits), between all element types.

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

/// f16 to f32.
template <class V>
LANEWISE_TARGET_INLINE auto widen_float16(V bits) {
  using D = hn::DFromV<V>;
  constexpr hn::Rebind<float, D> d32;
  if constexpr (LANEWISE_CONVERTS_FLOAT16) {
    return hn::PromoteTo(d32, hn::BitCast(hn::Rebind<::hwy::float16_t, D>(), bits));
  } else {
    constexpr hn::Rebind<std::uint32_t, D> u32;
    const auto wide = hn::PromoteTo(u32, bits);
    const auto magnitude = hn::And(wide, hn::Set(u32, 0x7FFF));
    // The exponent's bias differs by 112, which a product also gets right for subnormal numbers.
    const auto finite = hn::Mul(hn::BitCast(d32, hn::ShiftLeft<13>(magnitude)), hn::Set(d32, 0x1p112f));
    const auto special = hn::VecFromMask(u32, hn::Gt(magnitude, hn::Set(u32, 0x7BFF)));
    const auto ones = hn::And(special, hn::Set(u32, 0x7F800000));
    const auto sign = hn::ShiftLeft<16>(hn::Xor(wide, magnitude));
    return hn::BitCast(d32, hn::Or(hn::Or(hn::BitCast(u32, finite), ones), sign));
  }
}

/// bf16 to f32 and back, with integer operations: the instructions of AVX-512 flush subnormal numbers to zero.
template <class V>
LANEWISE_TARGET_INLINE auto widen_bfloat16(V bits) {
  constexpr hn::Rebind<std::uint32_t, hn::DFromV<V>> d32;
  return hn::BitCast(hn::Rebind<float, decltype(d32)>(), hn::ShiftLeft<16>(hn::PromoteTo(d32, bits)));
}
template <class V>
LANEWISE_TARGET_INLINE auto narrow_to_bfloat16(V v) {
  constexpr hn::RebindToUnsigned<hn::DFromV<V>> d32;
  const auto bits = hn::BitCast(d32, v);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(d32, 1));
  const auto to_nearest_even = hn::Add(bits, hn::Add(odd, hn::Set(d32, 0x7FFF)));
  const auto quiet = hn::Or(bits, hn::Set(d32, 0x400000));
  const auto rounded = hn::IfThenElse(hn::RebindMask(d32, hn::IsNaN(v)), quiet, to_nearest_even);
  return hn::TruncateTo(hn::Rebind<std::uint16_t, decltype(d32)>(), hn::ShiftRight<16>(rounded));
}

/// f64 to f32, inexact results to the neighbour whose last bit is 1, so that a second rounding to at most 22 bits gives
/// what one would have given.
template <class V>
LANEWISE_TARGET_INLINE auto narrow_to_odd(V v) {
  using D = hn::DFromV<V>;
  constexpr hn::Rebind<float, D> d32;
  constexpr hn::Rebind<std::uint32_t, D> u32;
  constexpr hn::RebindToUnsigned<D> u64;
  const auto nearest = narrow_to_float(d32, v);
  const auto back = hn::PromoteTo(D(), nearest);
  // -1 where the result was rounded away from zero, which takes one from its magnitude; 1 where it is inexact.
  const auto away = hn::BitCast(u64, hn::VecFromMask(D(), hn::Gt(hn::Abs(back), hn::Abs(v))));
  const auto exact = hn::BitCast(u64, hn::VecFromMask(D(), hn::Eq(back, v)));
  const auto toward_zero = hn::Add(hn::BitCast(u32, nearest), hn::TruncateTo(u32, away));
  return hn::BitCast(d32, hn::Or(toward_zero, hn::TruncateTo(u32, hn::AndNot(exact, hn::Set(u64, 1)))));
}

/// Same number of lanes, T to U, one register at most on either side; 16-bit floats from float and double, and to
/// float.
template <class U, class T, class V>
LANEWISE_TARGET_INLINE auto convert(V v) {
  using D = hn::DFromV<V>;
  constexpr hn::Rebind<register_element<U>, D> du;
  constexpr bool from_float = std::floating_point<T>;
  constexpr bool to_float = std::floating_point<U>;
  if constexpr (std::same_as<T, float16>) {
    return widen_float16(v);
  } else if constexpr (std::same_as<T, bfloat16>) {
    return widen_bfloat16(v);
  } else if constexpr (half_element<U> && std::same_as<T, double>) {
    return convert<U, float>(narrow_to_odd(v));
  } else if constexpr (std::same_as<U, float16>) {
    return hn::BitCast(du, hn::DemoteTo(hn::Rebind<::hwy::float16_t, D>(), v));
  } else if constexpr (std::same_as<U, bfloat16>) {
    return narrow_to_bfloat16(v);
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
      return narrow_to_float(du, v);
    }
  } else if constexpr (to_float) {
    if constexpr (sizeof(T) == sizeof(U)) {
      return hn::ConvertTo(du, v);
    } else if constexpr (sizeof(T) > sizeof(U)) {
      return hn::DemoteTo(du, v);
    } else if constexpr (sizeof(T) == 4) {
      return hn::PromoteTo(du, v);
    } else {
      return convert<U, std::int32_t>(widen_integer<std::int32_t>(v));  // 8 and 16 bits fit, signed or not
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
      return hn::DemoteTo(du, convert<std::int32_t, T>(number));  // both steps saturate
    }
  }
}

/// The lanes [first, first + lanes) of a register's mask, first a multiple of lanes.
template <std::size_t first, std::size_t lanes, class D, class M>
LANEWISE_TARGET_INLINE auto part_of_mask(D, M m) {
  if constexpr (hn::MaxLanes(D()) == lanes) {
    return m;
  } else {
    constexpr hn::Half<D> half;
    constexpr std::size_t middle = hn::MaxLanes(half);
    if constexpr (first < middle) {
      return part_of_mask<first, lanes>(half, hn::LowerHalfOfMask(half, m));
    } else {
      return part_of_mask<first - middle, lanes>(half, hn::UpperHalfOfMask(half, m));
    }
  }
}

/// One register's mask of `lanes` lanes for elements of type R, from parts of `step` lanes: part(i) is the i-th.
template <class R, std::size_t first, std::size_t lanes, std::size_t step, class Part>
LANEWISE_TARGET_INLINE auto from_mask_parts(Part part) {
  if constexpr (lanes == step) {
    return part(std::integral_constant<std::size_t, first / step>());
  } else {
    const auto lower = from_mask_parts<R, first, lanes / 2, step>(part);
    const auto upper = from_mask_parts<R, first + lanes / 2, lanes / 2, step>(part);
    return hn::CombineMasks(hn::FixedTag<R, lanes>(), upper, lower);
  }
}

/// A register's mask for elements of another type, one doubling or halving of the width a step.
template <class To, class D, class M>
LANEWISE_TARGET_INLINE auto convert_mask([[maybe_unused]] D d, M m) {
  using T = hn::TFromD<D>;
  if constexpr (sizeof(To) == sizeof(T)) {
    return hn::RebindMask(hn::Rebind<To, D>(), m);
  } else if constexpr (sizeof(To) > sizeof(T)) {
    constexpr hn::Rebind<::hwy::MakeWide<unsigned_of<T>>, D> wide;
    return convert_mask<To>(wide, hn::PromoteMaskTo(wide, d, m));
  } else {
    constexpr hn::Rebind<::hwy::MakeNarrow<unsigned_of<T>>, D> narrow;
    return convert_mask<To>(narrow, hn::DemoteMaskTo(narrow, d, m));
  }
}

}  // namespace impl

/// The lanes' values as U, as C++ converts them, made total: a floating-point value outside the range of an integer
/// type gives its smallest or largest value, NaN gives 0; narrower integers wrap; floats are rounded once, to nearest
/// even.
///
/// cast<std::uint8_t>(simd<float, 4>{-1, 2.9f, 300, NAN}): {0, 2, 255, 0}
template <element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> cast(simd<T, N> v) {
  if constexpr (std::same_as<T, U>) {
    return v;
  } else if constexpr (half_element<T> && !std::same_as<U, float>) {
    return cast<U>(cast<float>(v));
  } else if constexpr (half_element<U> && integer_element<T>) {
    if constexpr (sizeof(T) <= 2) {
      return cast<U>(cast<float>(v));
    } else if constexpr (sizeof(T) == 4) {
      return cast<U>(cast<double>(v));
    } else {
      // Where a double does not hold all bits, the lower ones become one that says whether any of them was set.
      const auto rest = v & T(0xFFF);
      const auto sticky = (v ^ rest) | simd<T, N>::select(rest != T(0), T(0x800), T(0));
      const auto top = v >> 53;
      const auto is_short = (top == T(0)) | (top == static_cast<T>(-1));
      return cast<U>(cast<double>(simd<T, N>::select(is_short, v, sticky)));
    }
  } else {
    constexpr std::size_t from_lanes = simd<T, N>::lanes_per_register;
    constexpr std::size_t to_lanes = simd<U, N>::lanes_per_register;
    constexpr std::size_t step = from_lanes < to_lanes ? from_lanes : to_lanes;
    const auto part = [&](auto i) LANEWISE_ATTR_INLINE {
      constexpr std::size_t lane = i * step;
      return impl::convert<U, T>(impl::part_of<lane % from_lanes, step>(v.native(lane / from_lanes)));
    };
    return simd<U, N>::make([&](auto r) LANEWISE_ATTR_INLINE {
      return impl::from_parts<impl::register_element<U>, r * to_lanes, to_lanes, step>(part);
    });
  }
}

/// The same lanes of truth, for vectors of U.
template <element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<U, N> cast(mask<T, N> m) {
  if constexpr (std::same_as<T, U>) {
    return m;
  } else {
    constexpr std::size_t from_lanes = impl::shape<T, N>::lanes_per_register;
    constexpr std::size_t to_lanes = impl::shape<U, N>::lanes_per_register;
    constexpr std::size_t step = from_lanes < to_lanes ? from_lanes : to_lanes;
    using register_type = impl::register_element<U>;
    const auto part = [&](auto i) LANEWISE_ATTR_INLINE {
      constexpr std::size_t lane = i * step;
      const auto from =
          impl::part_of_mask<lane % from_lanes, step>(typename mask<T, N>::tag(), m.native(lane / from_lanes));
      return impl::convert_mask<register_type>(hn::FixedTag<impl::register_element<T>, step>(), from);
    };
    return mask<U, N>::make([&](auto r) LANEWISE_ATTR_INLINE {
      return impl::from_mask_parts<register_type, r * to_lanes, to_lanes, step>(part);
    });
  }
}

namespace impl {

/// Integers to a narrower integer type, values out of range to its ends: halves of the width a step, and two registers
/// to one where both are full.
template <integer_element U, integer_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> saturate_narrow(simd<T, N> v) {
  using from = simd<T, N>;
  using to = simd<U, N>;
  if constexpr (from::registers == 1) {
    return to::make([&](auto) LANEWISE_ATTR_INLINE { return hn::DemoteTo(typename to::tag(), v.native()); });
  } else if constexpr (sizeof(T) > 2 * sizeof(U)) {
    return saturate_narrow<U>(saturate_narrow<hwy::MakeNarrow<T>>(v));
  } else {
    return to::make([&](auto r) LANEWISE_ATTR_INLINE {
      return hn::OrderedDemote2To(typename to::tag(), v.native(2 * r), v.native(2 * r + 1));
    });
  }
}

}  // namespace impl

/// The lanes' values as U, an integer type: values out of its range become its smallest or largest one, NaN becomes 0,
/// what follows the point is cut off. From floats it is cast, from integers it differs from it where cast wraps.
///
/// saturate_cast<std::int8_t>(simd<int, 4>{-1000, -1, 127, 128}): {-128, -1, 127, 127}
template <integer_element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> saturate_cast(simd<T, N> v) {
  using limits = std::numeric_limits<U>;
  if constexpr (floating_element<T> || std::same_as<T, U>) {
    return cast<U>(v);
  } else if constexpr (sizeof(U) < sizeof(T)) {
    return impl::saturate_narrow<U>(v);
  } else if constexpr (std::is_signed_v<T> && std::is_unsigned_v<U>) {
    return cast<U>(
        simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Max(x, y); }, v, simd<T, N>(T(0))));
  } else if constexpr (sizeof(U) == sizeof(T) && std::is_unsigned_v<T>) {
    const simd<T, N> most(static_cast<T>(limits::max()));
    return cast<U>(simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Min(x, y); }, v, most));
  } else {
    return cast<U>(v);
  }
}

/// The nearest whole numbers, halves to the even one, as integers; out of range and NaN as in cast.
///
/// round_cast<int>(simd<float, 4>{0.5f, 1.5f, -2.6f, 1e10f}): {0, 2, -3, 2147483647}
template <integer_element U, floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<U, N> round_cast(simd<T, N> v) {
  if constexpr (half_element<T>) {
    return round_cast<U>(cast<float>(v));
  } else {
    return cast<U>(simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Round(x); }, v));
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

#include "lanewise/simd/divide.hpp"  // operators / and % of integers: made of conversions

#endif  // LANEWISE_SIMD_CONVERT_HPP
