// Element's message, loaded when the first one is shown.
import { ElMessage } from 'element-plus';
export { ElMessage };
