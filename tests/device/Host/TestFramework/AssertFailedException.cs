using System;

namespace TestFrameworkShared
{
    /// <summary>What an assert that does not hold throws.</summary>
    public class AssertFailedException : Exception
    {
        public AssertFailedException(string msg)
            : base(msg)
        {
        }
    }
}
