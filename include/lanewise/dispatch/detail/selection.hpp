// SPDX-License-Identifier: MIT
// The choice of the target. Part of the dispatch library; only its last pass emits code.

#include <atomic>
#include <bit>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "lanewise/config/cpu_name.hpp"
#include "lanewise/dispatch/dispatch.hpp"

#if LANEWISE_ONCE
namespace lanewise {
namespace detail {
namespace {

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

/// Calls f for each target in a set of Highway's bits, best first: the better the target, the lower its bit.
template <class F>
void for_each_target(std::int64_t targets, F f) {
  for (auto rest = static_cast<std::uint64_t>(targets); rest != 0; rest &= rest - 1) {
    f(static_cast<std::int64_t>(std::uint64_t{1} << std::countr_zero(rest)));
  }
}

std::vector<std::string> names_of(std::int64_t targets) {
  std::vector<std::string> names;
  for_each_target(targets, [&](std::int64_t target) { names.push_back(lower_case(hwy::TargetName(target))); });
  return names;
}

std::int64_t usable_targets() { return hwy::SupportedTargets() & HWY_TARGETS; }

/// The usable target of that name and all below it; 0 if there is none.
std::int64_t from_name(std::string_view name) {
  std::int64_t found = 0;
  for_each_target(usable_targets(), [&](std::int64_t target) {
    if (found != 0 || lower_case(name) == lower_case(hwy::TargetName(target))) found |= target;
  });
  return found;
}

std::string unknown_target(std::string_view name) {
  std::string message = "target \"" + std::string(name) + "\" is unknown or not supported by this CPU; it has:";
  for (const std::string& usable : names_of(usable_targets())) message += ' ' + usable;
  return message;
}

std::int64_t from_environment() {
  const char* name = std::getenv("LANEWISE_TARGET");
  if (name == nullptr || *name == '\0') return usable_targets();
  const std::int64_t found = from_name(name);
  if (found == 0) throw std::runtime_error("lanewise: LANEWISE_TARGET: " + unknown_target(name));
  return found;
}

std::atomic<std::int64_t> chosen{0};  // 0: not chosen yet

}  // namespace

std::int64_t chosen_targets() {
  std::int64_t targets = chosen.load(std::memory_order_acquire);
  if (targets == 0) {
    targets = from_environment();
    chosen.store(targets, std::memory_order_release);
  }
  return targets;
}

}  // namespace detail

cpu_description cpu_info() {
  return {.cpu = detail::cpu_name(),
          .detected = detail::names_of(hwy::SupportedTargets()),
          .compiled = detail::names_of(HWY_TARGETS),
          .usable = detail::names_of(detail::usable_targets()),
          .chosen = detail::names_of(detail::chosen_targets()).front()};
}

void use_target(std::string_view name) {
  const std::int64_t targets = name.empty() ? detail::from_environment() : detail::from_name(name);
  if (targets == 0) throw std::invalid_argument("lanewise::use_target: " + detail::unknown_target(name));
  detail::chosen.store(targets, std::memory_order_release);
}

}  // namespace lanewise
#endif
