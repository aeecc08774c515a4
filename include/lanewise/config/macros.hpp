// SPDX-License-Identifier: MIT
#pragma once
// The few macros that the language forces on us. Costs nothing to include.

#include "lanewise/config/flags.hpp"

/// Always inlined, also without optimisation: for members of plain-data types, which stand outside the namespace that
/// encodes the compiler flags and so must never be emitted as functions of their own.
#if defined(_MSC_VER) && !defined(__clang__)
#define LANEWISE_INLINE __forceinline
#define LANEWISE_NOINLINE __declspec(noinline)
#else
#define LANEWISE_INLINE inline __attribute__((always_inline))
#define LANEWISE_NOINLINE __attribute__((noinline))
#endif

/// Opens and closes the namespace for inline code that does not depend on Highway's target. Its name differs from that
/// of each target's inner namespace, since a namespace that is reopened through an inline one would be taken for it
/// (CWG 2061); for the same reason internals are `detail` here and `impl` in per-target headers.
#define LANEWISE_BEGIN_NAMESPACE \
  namespace lanewise {           \
  inline namespace LANEWISE_NAME_WITH_FLAGS(flags_) {
#define LANEWISE_END_NAMESPACE \
  }                            \
  }

/// The same for the library's internals, lanewise::detail.
#define LANEWISE_BEGIN_DETAIL  \
  namespace lanewise::detail { \
  inline namespace LANEWISE_NAME_WITH_FLAGS(detail_flags_) {
#define LANEWISE_END_DETAIL \
  }                         \
  }
