// SPDX-License-Identifier: MIT
#pragma once
// Executors: who runs the tasks of a parallel loop. Cheap to include: no threads here.

#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>

#include "lanewise/config/macros.hpp"

namespace lanewise {

/// One task of a parallel run: called with the run's context and an index.
using task_function = void (*)(void* context, std::size_t index);

/// What an executor offers. `workers()`: how many tasks it can run at a time, at least 1. `run(n, task, context)`:
/// calls task(context, i) once for every i in [0, n), in any order and from any thread, and returns when all calls
/// have; if some throw, one of the exceptions reaches the caller, and calls not yet begun may be left out.
template <class E>
concept executor = requires(E& e, std::size_t n, task_function task, void* context) {
  { e.workers() } -> std::convertible_to<std::size_t>;
  e.run(n, task, context);
};

namespace detail {

/// The functions of one executor type, for executor_ref.
struct executor_functions {
  std::size_t (*workers)(void* object);
  void (*run)(void* object, std::size_t n, task_function task, void* context);
};

}  // namespace detail
}  // namespace lanewise

LANEWISE_BEGIN_DETAIL

template <executor E>
struct executor_calls {
  static std::size_t workers(void* object) { return static_cast<std::size_t>(static_cast<E*>(object)->workers()); }
  static void run(void* object, std::size_t n, task_function task, void* context) {
    static_cast<E*>(object)->run(n, task, context);
  }
  static constexpr executor_functions functions{&workers, &run};
};

LANEWISE_END_DETAIL

namespace lanewise {

/// Refers to any executor. Every parallel function takes one as its last argument; any executor object converts to it.
/// Two pointers: pass by value. The executor must outlive the reference; a temporary lives until the call returns.
/// Memory: none. Errors: those of the executor.
///
/// lanewise::thread_pool pool(4);
/// lanewise::executor_ref executor = pool;  // executor.workers() == 4
class executor_ref {
 public:
  template <class E>
    requires(!std::same_as<std::remove_cvref_t<E>, executor_ref> && executor<std::remove_reference_t<E>>)
  LANEWISE_INLINE constexpr executor_ref(E&& object) noexcept  // implicit: see above
      : object_(const_cast<std::remove_cvref_t<E>*>(std::addressof(object))),
        functions_(&detail::executor_calls<std::remove_reference_t<E>>::functions) {}

  /// How many tasks can run at a time, at least 1.
  LANEWISE_INLINE std::size_t workers() const { return functions_->workers(object_); }

  /// Calls task(context, i) once for every i in [0, n), in any order, and returns when all calls have. The first
  /// exception reaches the caller; the others are dropped and tasks not yet begun may be left out.
  LANEWISE_INLINE void run(std::size_t n, task_function task, void* context) const {
    functions_->run(object_, n, task, context);
  }

 private:
  void* object_;
  const detail::executor_functions* functions_;
};

/// The executor that runs all tasks in the caller, in order. Threads, memory: none. Errors: those of the tasks.
class serial_executor {
 public:
  LANEWISE_INLINE constexpr std::size_t workers() const noexcept { return 1; }

  LANEWISE_INLINE constexpr void run(std::size_t n, task_function task, void* context) const {
    for (std::size_t i = 0; i < n; ++i) {
      task(context, i);
    }
  }
};

/// Pass it where an executor is taken: lanewise::sum(x, lanewise::serial).
inline constexpr serial_executor serial;

}  // namespace lanewise
