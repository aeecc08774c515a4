// SPDX-License-Identifier: MIT
#pragma once
// How much CPU time Linux control groups (containers) allow this process, versions 1 and 2.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_NAMESPACE
namespace os {

/// The whole file as text; empty if it cannot be read.
inline std::string read_file(const std::string& path) {
  std::string text;
  if (std::FILE* file = std::fopen(path.c_str(), "r")) {
    char buffer[1024];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, file)) {
      text.append(buffer, got);
    }
    std::fclose(file);
  }
  return text;
}

/// Cuts the part before `separator` off the front of `text` and returns it; all of it if there is no separator.
inline std::string_view cut(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

/// Whether `word` is one of the comma-separated words of `list`.
inline bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    if (cut(list, ',') == word) {
      return true;
    }
  }
  return false;
}

/// Whole CPUs that a group's own files allow, rounded up; 0 for no limit. `directory` ends without a slash.
inline std::size_t cgroup_limit_at(const std::string& directory, bool version_2) {
  long long quota = 0;
  long long period = 0;
  if (version_2) {  // "max 100000" or "150000 100000", microseconds
    if (std::sscanf(read_file(directory + "/cpu.max").c_str(), "%lld %lld", &quota, &period) != 2) {
      return 0;
    }
  } else {  // quota -1: none
    quota = std::atoll(read_file(directory + "/cpu.cfs_quota_us").c_str());
    period = std::atoll(read_file(directory + "/cpu.cfs_period_us").c_str());
  }
  if (quota <= 0 || period <= 0) {
    return 0;
  }
  return static_cast<std::size_t>(quota / period + (quota % period != 0 ? 1 : 0));
}

/// The smallest limit of a group and of all groups above it, as far as the mount shows them; 0 for no limit. `mount`
/// is where the hierarchy is mounted, `shown` the group at the mount point, `group` the group of this process.
inline std::size_t cgroup_limit_upwards(const std::string& mount, std::string_view shown, std::string_view group,
                                        bool version_2) {
  if (shown != "/") {
    group.remove_prefix(group.starts_with(shown) ? shown.size() : group.size());
  }
  if (group.find("/..") != std::string_view::npos) {  // outside of what this namespace may see
    group = {};
  }
  std::size_t limit = 0;
  for (;;) {
    while (group.ends_with('/')) {
      group.remove_suffix(1);
    }
    const std::size_t here = cgroup_limit_at(mount + std::string(group), version_2);
    if (here != 0 && (limit == 0 || here < limit)) {
      limit = here;
    }
    if (group.empty()) {
      return limit;
    }
    group = group.substr(0, group.rfind('/'));
  }
}

/// Whole CPUs' worth of time that the control groups allow this process, rounded up; 0 for no limit (or no Linux).
/// `root` stands before every path that is read.
inline std::size_t cgroup_cpu_limit(const std::string& root = {}) {
  // /proc/self/cgroup has lines "hierarchy:controllers:group", version 2 as "0::group".
  std::string group_1;
  std::string group_2;
  const std::string groups = read_file(root + "/proc/self/cgroup");
  for (std::string_view rest = groups; !rest.empty();) {
    std::string_view line = cut(rest, '\n');
    cut(line, ':');
    const std::string_view controllers = cut(line, ':');
    if (controllers.empty()) {
      group_2 = line;
    } else if (lists(controllers, "cpu")) {
      group_1 = line;
    }
  }
  // /proc/self/mountinfo: "id parent device shown mount options [more...] - type source options".
  std::size_t limit = 0;
  const std::string mounts = read_file(root + "/proc/self/mountinfo");
  for (std::string_view rest = mounts; !rest.empty();) {
    std::string_view line = cut(rest, '\n');
    const std::size_t dash = line.find(" - ");
    if (dash == std::string_view::npos) {
      continue;
    }
    std::string_view tail = line.substr(dash + 3);
    const std::string_view type = cut(tail, ' ');
    cut(tail, ' ');
    const bool version_2 = type == "cgroup2";
    if (!version_2 && !(type == "cgroup" && lists(tail, "cpu"))) {
      continue;
    }
    for (int field = 0; field < 3; ++field) {
      cut(line, ' ');
    }
    const std::string_view shown = cut(line, ' ');
    const std::string mount = root + std::string(cut(line, ' '));
    const std::size_t here = cgroup_limit_upwards(mount, shown, version_2 ? group_2 : group_1, version_2);
    if (here != 0 && (limit == 0 || here < limit)) {
      limit = here;
    }
  }
  return limit;
}

}  // namespace os
LANEWISE_END_NAMESPACE
