// SPDX-License-Identifier: MIT
#pragma once
// Which instruction set the kernels use, and how a program learns or changes it. Costs <string> and <vector>.
//
// With lanewise::lanewise alone the compiler's flags decide. A program that links lanewise::dispatch has the kernels
// compiled for every target, and the best that the CPU offers is chosen at the first call.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_NAMESPACE

/// What is known about the CPU and the targets, best first. Names are Highway's in lower case: avx3_zen4, avx2, neon,
/// ...
struct cpu_description {
  std::string cpu;                    ///< the model's name as the CPU or the system gives it
  std::vector<std::string> detected;  ///< targets that this CPU can run
  std::vector<std::string> compiled;  ///< targets in the dispatch library
  std::vector<std::string> usable;    ///< both: what use_target accepts
  std::string chosen;                 ///< what the kernels run on
};

LANEWISE_END_NAMESPACE

namespace lanewise {

#ifdef LANEWISE_DISPATCH

/// What was detected, compiled and chosen.
///
/// Throws std::runtime_error if the environment variable LANEWISE_TARGET names no usable target.
cpu_description cpu_info();

/// Makes the kernels of the whole process run on a target of cpu_info().usable; empty: on the one of LANEWISE_TARGET
/// or, without that variable, on the best. Not for use while a kernel is running. Names may be in either case.
///
/// Throws std::invalid_argument, listing the usable ones, for any other name.
///
/// use_target("avx2"); sum(x);  // with AVX2, also where the CPU has AVX-512
void use_target(std::string_view name);

namespace detail {

/// Highway's bits of the chosen target and of all usable ones below it.
///
/// Throws std::runtime_error as cpu_info does.
std::int64_t chosen_targets();

}  // namespace detail
#endif

}  // namespace lanewise
