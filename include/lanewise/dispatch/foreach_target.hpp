// SPDX-License-Identifier: MIT
#pragma once
// For a source file with kernels of your own that is to be compiled for every target and to run on the one chosen at
// run time. It must be the first include of that file, which looks like this:
//
//   #define LANEWISE_KERNEL_FILE "my_kernels.cpp"  // this file, as #include finds it; not needed with
//   #include <lanewise/dispatch/foreach_target.hpp>  // the CMake function lanewise_target_kernels
//   #include <lanewise/lanewise.hpp>
//
//   LANEWISE_BEGIN_KERNEL_FILE(my)  // namespace my { namespace <target> {, with lw for lanewise
//   float norm(const float* x, std::size_t n) { ... lw::simd<float> ... }
//   LANEWISE_END_KERNEL_FILE
//
//   #if LANEWISE_ONCE
//   namespace my {
//   LANEWISE_EXPORT(norm);
//   float norm(const std::vector<float>& x) { return LANEWISE_CALL(norm)(x.data(), x.size()); }
//   }
//   #endif
//
// Only pointers, sizes, views and scalars may cross from the last part to the first, never vectors; lambdas that handle
// vectors carry LANEWISE_ATTR. Link lanewise::dispatch.

#ifdef HWY_HIGHWAY_INCLUDED
#error "lanewise: include <lanewise/dispatch/foreach_target.hpp> before every other lanewise or Highway header"
#endif
#ifndef LANEWISE_KERNEL_FILE
#error \
    "lanewise: define LANEWISE_KERNEL_FILE as this file's name before <lanewise/dispatch/foreach_target.hpp>, or add \
the file by the CMake function lanewise_target_kernels"
#endif

// Left out to keep builds short: SSSE3 (SSE2 and SSE4 stand beside it) and AVX3_SPR (AVX3_DL runs on the same CPUs; it
// adds native f16, which no kernel uses); and SVE, whose vectors cannot be members of a class. The choice must be the same
// for the whole program.
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_SPR | HWY_ALL_SVE)
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE LANEWISE_KERNEL_FILE
#include "lanewise/config/flag_trap.hpp"
#include "lanewise/config/macros.hpp"

#define LANEWISE_ONCE HWY_ONCE
#define LANEWISE_BEGIN_KERNEL_FILE(name)    \
  namespace name {                          \
  namespace HWY_NAMESPACE {                 \
  namespace lw = ::lanewise::HWY_NAMESPACE; \
  HWY_BEFORE_NAMESPACE(); /* last: see LANEWISE_BEGIN_TARGET */
#define LANEWISE_END_KERNEL_FILE \
  }                              \
  }                              \
  HWY_AFTER_NAMESPACE();
#define LANEWISE_EXPORT(function) HWY_EXPORT(function)
#define LANEWISE_CALL(function) \
  (::lanewise::detail::choose(HWY_DISPATCH_TABLE(function), ::lanewise::detail::chosen_targets(), HWY_TARGETS))

#include <bit>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

#include <hwy/foreach_target.h>  // IWYU pragma: keep

#include "lanewise/config/highway.hpp"
#include "lanewise/dispatch/dispatch.hpp"

namespace lanewise::detail {

/// The entry of Highway's table for the best target that is both chosen (or worse) and compiled in that file. The table
/// starts with an entry for Highway's own choice and goes on from its best target to its worst.
template <class Function, std::size_t size>
LANEWISE_INLINE Function choose(Function const (&table)[size], std::int64_t chosen, std::int64_t compiled) {
  if ((chosen & compiled) == 0) {
    throw std::runtime_error("lanewise: this kernel was not compiled for the chosen target or one below it");
  }
  if constexpr (size == 1) {
    return table[0];
  } else {
    const auto entries = static_cast<std::uint64_t>(HWY_CHOSEN_TARGET_SHIFT(chosen & compiled));
    return table[entries != 0 ? static_cast<std::size_t>(std::countr_zero(entries)) : size - 1];
  }
}

}  // namespace lanewise::detail
