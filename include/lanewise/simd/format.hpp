// SPDX-License-Identifier: MIT
// std::format of simd and mask, where the standard library has it (g++ 13, __cpp_lib_format): the format specification
// is the element's, applied to every lane. Opt-in, as it includes <format>; without that it declares nothing.
//
//   std::format("{:.1f}", simd<float, 4>{1, 2.5f, -3, 4})    // "{1.0, 2.5, -3.0, 4.0}"
//   std::format("{}", v < w)                                 // "{1, 0, 0, 1}": a mask's lanes are formatted as int
#include <version>

#include "lanewise/simd/simd.hpp"

#ifdef __cpp_lib_format

#include <format>

#if defined(LANEWISE_SIMD_FORMAT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_FORMAT_HPP
#undef LANEWISE_SIMD_FORMAT_HPP
#else
#define LANEWISE_SIMD_FORMAT_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// {a, b, ...} of the N lanes v[i], each as `Shown`.
template <class Shown, class Char, std::size_t N>
struct lanes_formatter : std::formatter<Shown, Char> {
  template <class Lanes, class Context>
  auto format(const Lanes& v, Context& context) const {
    const auto put = [&](char c) {
      auto out = context.out();
      *out++ = static_cast<Char>(c);
      context.advance_to(out);
    };
    put('{');
    for (std::size_t i = 0; i < N; ++i) {
      if (i != 0) {
        put(',');
        put(' ');
      }
      context.advance_to(std::formatter<Shown, Char>::format(static_cast<Shown>(v[i]), context));
    }
    put('}');
    return context.out();
  }
};

template <class T>
using shown_as = std::conditional_t<half_element<T>, float, T>;

}  // namespace impl
LANEWISE_END_TARGET

template <lanewise::element T, std::size_t N, class Char>
struct std::formatter<lanewise::HWY_NAMESPACE::simd<T, N>, Char>
    : lanewise::HWY_NAMESPACE::impl::lanes_formatter<lanewise::HWY_NAMESPACE::impl::shown_as<T>, Char, N> {};

template <lanewise::element T, std::size_t N, class Char>
struct std::formatter<lanewise::HWY_NAMESPACE::mask<T, N>, Char>
    : lanewise::HWY_NAMESPACE::impl::lanes_formatter<int, Char, N> {};

#endif  // LANEWISE_SIMD_FORMAT_HPP

#endif  // __cpp_lib_format
