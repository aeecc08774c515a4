// SPDX-License-Identifier: MIT
// simd and mask to and from xsimd's batch and batch_bool, at no cost. Opt-in; needs xsimd 13 or newer.
//
// simd<T, N> goes with the batch of N lanes of T that xsimd has for the same compiler flags, so that one register is N
// lanes. A vector of several registers goes by its parts: to_xsimd<r>(v) is the r-th, from_xsimd(a, b) the vector of
// both. In a file that is compiled for several targets, xsimd still knows the compiler's flags only.
//
//   simd<float> cbrt(simd<float> v) { return from_xsimd(xsimd::cbrt(to_xsimd(v))); }

#include <concepts>
#include <cstddef>
#include <type_traits>

#include <xsimd/xsimd.hpp>

#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_INTEROP_XSIMD_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_INTEROP_XSIMD_HPP
#undef LANEWISE_INTEROP_XSIMD_HPP
#else
#define LANEWISE_INTEROP_XSIMD_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// xsimd's batch with that many lanes of T; `void` is no batch.
template <class T, std::size_t lanes, class Batch = ::xsimd::make_sized_batch_t<T, lanes>>
struct sized_batch {
  static_assert(
      !std::is_void_v<Batch>,
      "lanewise: to_xsimd: xsimd has no batch of this many lanes for these compiler flags; batches are as wide as "
      "the registers that the flags offer, 16 bytes or more");
  using type = Batch;
};

/// True where Highway and xsimd keep a vector or a mask in the same type, so that it can be handed over as it is. Not
/// so on the emulated target; nor for masks of half registers on AVX-512, which are bits here and vectors there.
template <class Native, class Batch>
concept same_register = requires(Native ours, Batch theirs) {
  ours.raw = theirs.data;
  theirs.data = ours.raw;
};

}  // namespace impl

/// xsimd's batch of the lanes in the r-th register of v. Without r: v has one register.
template <std::size_t r, element T, std::size_t N>
LANEWISE_TARGET_INLINE auto to_xsimd(simd<T, N> v) {
  using batch = typename impl::sized_batch<T, simd<T, N>::lanes_per_register>::type;
  static_assert(r < simd<T, N>::registers, "lanewise: to_xsimd<r>: the vector has no such register");
  if constexpr (impl::same_register<typename simd<T, N>::native_type, batch>) {
    return batch(v.native(r).raw);
  } else {
    return batch::load_unaligned(v.to_array().data() + r * batch::size);
  }
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE auto to_xsimd(simd<T, N> v) {
  static_assert(simd<T, N>::registers == 1,
                "lanewise: to_xsimd: this vector spans several registers; to_xsimd<r>(v) is the batch of the r-th");
  return to_xsimd<0>(v);
}

/// The vector of the batch's lanes, or of those of several batches.
template <element T, class Arch, std::same_as<::xsimd::batch<T, Arch>>... More>
LANEWISE_TARGET_INLINE auto from_xsimd(::xsimd::batch<T, Arch> first, More... more) {
  using batch = ::xsimd::batch<T, Arch>;
  using result = simd<T, (1 + sizeof...(More)) * batch::size>;
  static_assert(
      HWY_TARGET == HWY_EMU128 || batch::size <= native_width<T>,
      "lanewise: from_xsimd: the batch is wider than a register of this target; compile both for the same flags");
  if constexpr (impl::same_register<typename simd<T, batch::size>::native_type, batch>) {
    static_assert(
        result::lanes_per_register == batch::size,
        "lanewise: from_xsimd: several batches make one vector if each is as wide as a register of this target");
    const batch all[] = {first, more...};
    return result::make([&](auto r) LANEWISE_ATTR_INLINE { return typename result::native_type{all[r].data}; });
  } else {
    T lanes[result::size()];
    std::size_t i = 0;
    first.store_unaligned(lanes);
    (more.store_unaligned(lanes + (i += batch::size)), ...);
    return result::load(lanes);
  }
}

/// xsimd's batch_bool of the r-th register of m. Without r: m has one register.
template <std::size_t r, element T, std::size_t N>
LANEWISE_TARGET_INLINE auto to_xsimd(mask<T, N> m) {
  using batch_bool = typename impl::sized_batch<T, simd<T, N>::lanes_per_register>::type::batch_bool_type;
  if constexpr (impl::same_register<typename mask<T, N>::native_type, batch_bool>) {
    return batch_bool(m.native(r).raw);
  } else {
    return to_xsimd<r>(simd<T, N>::select(m, T(1), T(0))) != typename batch_bool::batch_type(T(0));
  }
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE auto to_xsimd(mask<T, N> m) {
  static_assert(mask<T, N>::registers == 1,
                "lanewise: to_xsimd: this mask spans several registers; to_xsimd<r>(m) is the batch_bool of the r-th");
  return to_xsimd<0>(m);
}

/// The mask of the batch_bool's lanes, or of those of several.
template <element T, class Arch, std::same_as<::xsimd::batch_bool<T, Arch>>... More>
LANEWISE_TARGET_INLINE auto from_xsimd(::xsimd::batch_bool<T, Arch> first, More... more) {
  using batch_bool = ::xsimd::batch_bool<T, Arch>;
  using batch = ::xsimd::batch<T, Arch>;
  using result = mask<T, (1 + sizeof...(More)) * batch_bool::size>;
  if constexpr (impl::same_register<typename result::native_type, batch_bool>) {
    const batch_bool all[] = {first, more...};
    return result::make([&](auto r) LANEWISE_ATTR_INLINE { return typename result::native_type{all[r].data}; });
  } else {
    const auto one_if = [](batch_bool m) LANEWISE_ATTR_INLINE { return ::xsimd::select(m, batch(T(1)), batch(T(0))); };
    return from_xsimd(one_if(first), one_if(more)...) != T(0);
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_INTEROP_XSIMD_HPP
