"""Runs the job on a few invented policies, as Spark would run it: `python test_lint_policies.py LINTER`.

Needs pyspark (PyPI) and Java.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pyspark.sql import SparkSession

FLAWED = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n"
CLEAN = "云岚健身隐私政策\n\n为完成注册，我们会收集您的手机号码。\n"


def main(linter: str) -> None:
    job = Path(__file__).with_name("lint_policies.py")
    policies = [{"id": f"app-{n}", "text": FLAWED if n % 3 == 0 else CLEAN, "store": "x"} for n in range(30)]
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "policies.json").write_text("\n".join(map(json.dumps, policies)), encoding="utf-8")
        spark.read.json(str(folder / "policies.json")).write.parquet(str(folder / "policies"))
        for source, form in [("policies", "parquet"), ("policies.json", "json")]:
            target = folder / f"findings-{form}"
            run = [sys.executable, job, "--format", form, "--linter", linter]
            run += ["--options", "--no-config --select sensitive-purpose-missing", folder / source, target]
            subprocess.run(list(map(str, run)), check=True)
            rows = spark.read.parquet(str(target)).orderBy("id").collect()
            found = sorted(row["id"] for row in rows)
            assert found == sorted(f"app-{n}" for n in range(0, 30, 3)), found
            assert {row["rule"] for row in rows} == {"sensitive-purpose-missing"}
            start, end = rows[0]["start"], rows[0]["end"]
            assert FLAWED.encode()[start:end].decode() == "人脸信息"
        failed = subprocess.run(
            list(map(str, [sys.executable, job, "--linter", "no-such-linter", folder / "policies", folder / "none"])),
            stderr=subprocess.DEVNULL,
        )
        assert failed.returncode != 0, "a linter that does not run has to fail the job"
    print("ok")


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()))
