// SPDX-License-Identifier: MIT
// An object whose flags namespace is not that of its neighbours: see thread_pool.cpp.
#ifdef NDEBUG
#undef NDEBUG
#else
#define NDEBUG
#endif

#include <cstddef>

#include "lanewise/loops/parallelize.hpp"

lanewise::executor_ref default_executor_of_other_flags() { return lanewise::default_executor(); }

bool nested_run_of_other_flags_is_serial() {
  lanewise::thread_pool pool(2);
  std::size_t next = 0;
  bool in_order = true;
  lanewise::parallelize(
      100, [&](std::size_t i) { in_order = in_order && i == next++; }, pool);
  return in_order && next == 100;
}
