#!/bin/bash
# Indexes a DANDI archive with an array of jobs, one shard each, on a shared file system:
#   sbatch --array=1-8 tools/cluster/slurm.sh --all -o /shared/out
# Arguments are those of `lindi bulk run`; LINDI says where the program is. A job that is killed, runs out of time
# or is requeued goes on where it was. When all are done: lindi bulk merge -o /shared/out
#SBATCH --job-name=lindi-bulk
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=12:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
# What is in work may end before the time is over.
#SBATCH --signal=B:TERM@120

# The shard is SLURM_ARRAY_TASK_ID of SLURM_ARRAY_TASK_COUNT; exec, so that signals reach the program.
exec "${LINDI:-lindi}" bulk run "$@"
