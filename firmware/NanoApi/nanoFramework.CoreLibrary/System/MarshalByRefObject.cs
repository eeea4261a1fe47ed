namespace System
{
    public abstract class MarshalByRefObject
    {
        protected extern MarshalByRefObject();
    }
}
