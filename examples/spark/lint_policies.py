"""Lints a folder of policies with policy-lint under Spark, and writes the findings as Parquet.

    spark-submit lint_policies.py policies/ findings/              # Parquet with columns id and text
    spark-submit lint_policies.py --format json policies/ findings/

Each partition is piped through one `policy-lint check --stdin-format ndjson`, so the rules are loaded once a
partition and memory stays bounded. The linter has to be on the PATH of the executors, or named by --linter.
"""

import argparse
import shlex
import sys

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# What is kept of an answer: a line of standard output for each line of standard input.
FINDING = T.StructType(
    [T.StructField(name, T.StringType()) for name in ("rule", "severity", "message", "help", "confidence", "fingerprint")]
    + [T.StructField(name, T.LongType()) for name in ("start", "end", "line", "column")]
    + [T.StructField("cites", T.ArrayType(T.StringType()))]
)
ANSWER = T.StructType(
    [
        T.StructField("id", T.StringType()),
        T.StructField("findings", T.ArrayType(FINDING)),
        T.StructField("line", T.LongType()),
        T.StructField("error", T.StringType()),
    ]
)


def lint(policies: DataFrame, command: str) -> DataFrame:
    """The answers to policies (columns `id` and `text`), with the columns of ANSWER."""
    lines = policies.select(F.to_json(F.struct(F.col("id").cast("string").alias("id"), "text"))).rdd.map(lambda row: row[0])
    # The exit status tells of findings and of unreadable lines; both are in the answers.
    answers = lines.pipe(command, checkCode=False)
    return policies.sparkSession.createDataFrame(answers.map(lambda line: (line,)), "answer string").select(
        F.from_json("answer", ANSWER).alias("answer")
    ).select("answer.*")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("policies", help="folder or file with the columns id and text")
    parser.add_argument("findings", help="folder to write to; it must not exist")
    parser.add_argument("--format", choices=["parquet", "json"], default="parquet", help="of the policies")
    parser.add_argument("--linter", default="policy-lint", help="path of policy-lint")
    parser.add_argument("--options", default="", help='more options for it, such as "--select sensitive"')
    parser.add_argument("--partitions", type=int, help="how many linters run; default: as many as Spark has tasks")
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("policy-lint").getOrCreate()
    policies = spark.read.format(arguments.format).load(arguments.policies).select("id", "text").dropna()
    policies = policies.repartition(arguments.partitions or spark.sparkContext.defaultParallelism)
    command = f"{shlex.quote(arguments.linter)} check --stdin-format ndjson {arguments.options}"
    answers = lint(policies, command).cache()

    linted, wanted = answers.count(), policies.count()
    if linted != wanted:
        print(f"policy-lint answered {linted} of {wanted} policies; did it run at all?", file=sys.stderr)
        return 2
    unreadable = answers.where(F.col("error").isNotNull())
    for answer in unreadable.take(10):
        print(f"unreadable: {answer['error']}", file=sys.stderr)
    findings = answers.select("id", F.explode("findings").alias("finding")).select("id", "finding.*")
    findings.write.parquet(arguments.findings)
    print(f"{linted} policies, {findings.count()} findings in {arguments.findings}")
    return 2 if unreadable.head() else 0


if __name__ == "__main__":
    sys.exit(main())
