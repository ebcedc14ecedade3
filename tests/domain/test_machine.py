"""What memory is free, as far as the machine tells."""

from matching.domain.machine import free_memory, linux

MEMINFO = "MemTotal:  8000 kB\nMemAvailable:  5000 kB\nSwapFree:  1000 kB\nHugePages_Total:  0\n"


def told(folder, group=(), meminfo=MEMINFO):
    (folder / "meminfo").write_text(meminfo)
    for name, text in dict(group).items():
        file = folder / "cgroup" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return list(linux(folder / "meminfo", folder / "cgroup"))


def test_what_is_available_and_swap(tmp_path):
    assert told(tmp_path) == [6000 * 1024]


def test_a_control_group_leaves_its_limit_less_what_it_uses_and_cannot_give_back(tmp_path):
    group = {"memory.max": "1000\n", "memory.current": "700\n", "memory.stat": "anon 400\ninactive_file 50\n"}
    assert told(tmp_path, group) == [6000 * 1024, 350]


def test_a_group_of_the_old_kind(tmp_path):
    group = {"memory/memory.limit_in_bytes": "1000", "memory/memory.usage_in_bytes": "2000",
             "memory/memory.stat": "total_inactive_file 10"}
    assert told(tmp_path, group) == [6000 * 1024, 0]


def test_a_group_without_limit_and_a_machine_that_does_not_tell(tmp_path):
    assert told(tmp_path, {"memory.max": "max\n"}) == [6000 * 1024]
    assert told(tmp_path, meminfo="nothing\n") == []


def test_this_machine_has_some_or_does_not_tell():
    assert free_memory() is None or free_memory() > 2**20
