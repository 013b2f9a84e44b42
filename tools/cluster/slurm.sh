#!/bin/bash
# Indexes a DANDI archive with an array of jobs, one shard each, on a shared file system:
#   sbatch --array=1-8 tools/cluster/slurm.sh --all -o /shared/out
#   lindi bulk merge -o /shared/out            # when all are done
# Arguments are those of `lindi bulk run`; LINDI says where the program is.
#
# A job that is started again goes on where it was. It has itself started again when its time is nearly over and, ten
# times at most, when the program was killed, as by the kernel for want of memory. What cannot be indexed is on record
# (lindi bulk status --failed) and no failure of the job. The number of jobs says which blobs are whose: a single one is
# run again by `scontrol requeue JOB_TASK` or with --shard 3/8, not by an array of fewer.
#SBATCH --job-name=lindi-bulk
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=12:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120

start_again() { # the number of an array alone would mean all of its jobs
    scontrol requeue "${SLURM_ARRAY_JOB_ID:+${SLURM_ARRAY_JOB_ID}_}${SLURM_ARRAY_TASK_ID:-$SLURM_JOB_ID}"
}

# Time is nearly over. Slurm ends the job, as below, and starts it again.
trap 'is_signalled=yes; start_again' USR1
# The job is to end: Slurm tells all processes, and kills them half a minute later (KillWait). Until then the program
# ends what is in work.
trap 'is_signalled=yes; is_ending=yes' TERM

# The shard is SLURM_ARRAY_TASK_ID of SLURM_ARRAY_TASK_COUNT.
"${LINDI:-lindi}" bulk run "$@" &
while # a signal ends the wait, not the program
    is_signalled=
    wait "$!"
    status=$?
    [ "$is_signalled" ]
do :; done

killed=128 # and the number of the signal
if [ "$status" -eq 3 ]; then
    exit 0 # done, with failures on record
elif [ "$status" -gt $killed ] && [ ! "$is_ending" ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 10 ]; then
    echo "the program was killed (status $status): starting the job again"
    start_again
fi
exit "$status"
