// SPDX-License-Identifier: MIT
// A shuffle of two registers by indices known at compile time. Highway has table lookups whose indices lie in memory;
// the compilers know the cheapest instruction for each pattern, so the choice is theirs where they offer it.

#include <array>
#include <cstddef>
#include <utility>

#include "lanewise/config/highway.hpp"

#if defined(LANEWISE_CONFIG_SHUFFLE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_CONFIG_SHUFFLE_HPP
#undef LANEWISE_CONFIG_SHUFFLE_HPP
#else
#define LANEWISE_CONFIG_SHUFFLE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

// Lane k of the result is lane Pattern::of(k) of a, or lane Pattern::of(k) - L of b, which both have L lanes; anything
// where Pattern::of(k) is negative.

#if HWY_TARGET != HWY_EMU128 && (defined(__clang__) || defined(__GNUC__))

template <class Pattern, class V>
LANEWISE_TARGET_INLINE V shuffle_registers(V a, V b) {
  using T = ::hwy::HWY_NAMESPACE::TFromV<V>;
  constexpr std::size_t used = ::hwy::HWY_NAMESPACE::MaxLanes(::hwy::HWY_NAMESPACE::DFromV<V>());
  constexpr std::size_t lanes = sizeof(a.raw) / sizeof(T);  // of the vector that holds those that are used
  typedef T vector __attribute__((vector_size(sizeof(a.raw))));
  return [&]<std::size_t... k>(std::index_sequence<k...>) LANEWISE_ATTR_INLINE {
    constexpr auto index = [](std::size_t i) {
      const int from = i < used ? Pattern::of(i) : -1;
      return from < static_cast<int>(used) ? from : from + static_cast<int>(lanes - used);
    };
    return V{(decltype(a.raw))__builtin_shufflevector((vector)a.raw, (vector)b.raw, index(k)...)};
  }(std::make_index_sequence<lanes>());
}

#else

template <class Pattern, class V>
LANEWISE_TARGET_INLINE V shuffle_registers(V a, V b) {
  constexpr ::hwy::HWY_NAMESPACE::DFromV<V> d;
  constexpr std::size_t lanes = ::hwy::HWY_NAMESPACE::MaxLanes(d);
  std::array<::hwy::HWY_NAMESPACE::TFromV<V>, 2 * lanes> from;
  ::hwy::HWY_NAMESPACE::StoreU(a, d, from.data());
  ::hwy::HWY_NAMESPACE::StoreU(b, d, from.data() + lanes);
  return [&]<std::size_t... k>(std::index_sequence<k...>) LANEWISE_ATTR_INLINE {
    const std::array<::hwy::HWY_NAMESPACE::TFromV<V>, lanes> to{
        from[static_cast<std::size_t>(Pattern::of(k) < 0 ? 0 : Pattern::of(k))]...};
    return ::hwy::HWY_NAMESPACE::LoadU(d, to.data());
  }(std::make_index_sequence<lanes>());
}

#endif

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_CONFIG_SHUFFLE_HPP
